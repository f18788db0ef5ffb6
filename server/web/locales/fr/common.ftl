# Words that many pages share. Short and spoken to children; plain to adults.
list-and = { $first } et { $last }
decimal-point = ,
help = Aide
hear = Écouter
back = Retour
next = Suivant
tools = Outils
other-ways = Autres façons d’entrer
not-me = Ce n’est pas moi
next-child = Au suivant
sign-out = Sortir
offline = Pas de connexion. Tes réponses sont gardées sur cette tablette et partiront dès son retour.
i-can = Je sais { $skill }
progress = Question { $at } sur { $total }
qr-label = Code à photographier pour { $address }
class-learners = { $count ->
    [one] { $count } élève
   *[other] { $count } élèves
 }

# Sums in words
math-plus = plus
math-minus = moins
math-times = fois
math-divided = divisé par
math-equals = égale
math-less = est plus petit que
math-greater = est plus grand que
math-over = sur
math-power = puissance
math-blank = case vide
