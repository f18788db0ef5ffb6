# A child's pages
path-title = Mon chemin
path-pick = Choisis, { $name }
path-all-done = Tout pousse, { $name }
path-all-done-detail = Tu sais faire tout ce que cette boîte peut t’apprendre pour l’instant. Promène-toi sur ta carte, ou aide un ami.
my-map = Ma carte

card-placement = Trouver ma place
card-learn = À apprendre
card-practise = L’étape suivante
card-review = Pour le garder
card-new = Du nouveau
card-pinned = De la classe
card-reason-opens-most = { $count ->
    [one] Parce que cela ouvre une chose de plus pour toi.
   *[other] Parce que cela ouvre { $count } choses de plus pour toi.
 }
card-reason-plan = Parce que c’est la suite dans ta classe.
card-reason-today = Parce que tu l’as commencé aujourd’hui.
card-reason-yesterday = Parce que tu l’as commencé la dernière fois.
card-reason-first = Parce que c’est un bon début.
card-reason-little-lately = Parce que tu as peu travaillé { $domain } ces jours-ci.
card-reason-other-domain = Parce que c’est autre chose : { $domain }.
card-reason-other-strand = Parce que cela change un peu.
card-reason-almost = Parce que tu y es presque.
card-reason-new = Parce que c’est nouveau et à ta portée.
card-reason-pinned = Parce qu’on l’a choisi pour toi.
card-reason-review = Parce qu’il est temps de voir si tu l’as gardé.
domain-numeracy = les nombres
domain-literacy = les mots

plant-kept = je l’ai gardé
plant-can = je sais
plant-learning = j’apprends
plant-ready = prêt maintenant
plant-soon = bientôt
plant-later = plus tard
map-number-hills = Collines des nombres
map-word-hills = Collines des mots
map-hills = Collines
map-road = { $strand } : je sais { $known } sur { $total }
map-count = { $known } sur { $total }
map-key = Ce que disent les plantes
map-walk = Suivre un chemin
road-whole-map = Toute la carte
road-from = Cela vient de : { $skill }
road-after = S’ouvre après : { $skill }
road-with-teacher = Tu feras celui-ci avec ton maître ou ta maîtresse.

lesson-teach = Regarde et écoute
lesson-example = Un exemple
lesson-check = À toi
lesson-steps = Étapes de la leçon
lesson-practise = J’essaie
lesson-not-yet = Pas encore. Regarde encore l’image, puis touche une autre réponse.

ask-look = Regarde
activity-title = Question
hint = Indice
hint-more = Autre indice
hand-up = Lever la main
hand-down = Baisser la main
pad-erase = Effacer
answer-done = Terminé
answer-skip = Je ne sais pas encore
answer-several = { $max ->
    [one] Touche ce qui est juste ({ $max } seul).
   *[other] Touche tout ce qui est juste, { $max } au plus.
 }
answer-here = Ta réponse
answer-top = Nombre au-dessus du trait
answer-bottom = Nombre au-dessous du trait
answer-order = Range-les : le premier est 1.
answer-place-of = Place de { $thing }
answer-match = Trouve ce qui va avec chacun.
answer-sort = Mets chacun à sa place.
answer-gaps = Mets une carte dans chaque trou.
answer-partner-of = Avec { $thing }
answer-tile = Carte { $letter }
answer-place = Place sur la ligne
answer-point = Touche l’endroit sur l’image.
answer-tap = Touche l’un après l’autre.
answer-observe = Montre ceci à ton maître ou à ta maîtresse. Vous le ferez ensemble.
answer-empty = Il n’y a pas encore de réponse. Touche ou écris-en une.
answer-odd = Cette réponse ne va pas ici. Regarde-la encore une fois.

given-point = { $x } % depuis la gauche, { $y } % depuis le haut
given-custom = Ton travail
kept-tablet = Gardé sur cette tablette
kept-box = Gardé dans la boîte
kept-not = Cette tablette ne peut pas garder la réponse. Laisse cette page ouverte jusqu’à l’envoi.

feedback-right = Oui.
feedback-not-yet = Pas encore.
feedback-skipped = C’est bien de le dire. Regarde comment on fait.
feedback-unscored = Ta réponse est gardée. Nous n’avons pas pu la vérifier ; elle ne compte pas.
feedback-your-answer = Tu as dit :
show-me = Montre-moi
solution-title = Voici comment
solution-next = Un autre essai

done-title = Terminé
done-growing = Cela pousse : { $skill }
done-new-tree = Un nouvel arbre se dresse sur ta colline.
done-right = { $answers ->
    [one] Tu as répondu à { $answers } question, { $right } juste. Chaque essai aide à pousser.
   *[other] Tu as répondu à { $answers } questions, dont { $right } justes. Chaque essai aide à pousser.
 }
done-kept = { $count ->
    [one] { $count } réponse gardée dans la boîte
   *[other] { $count } réponses gardées dans la boîte
 }
done-next = Et maintenant ?
done-again = Encore une fois
done-other = À quelqu’un d’autre

preparing-title = Un instant
preparing-heading = La boîte range sa mémoire
preparing-kept = Ce que tu réponds est gardé. Cette page continue toute seule.
