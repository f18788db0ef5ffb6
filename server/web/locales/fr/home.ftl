# The way in
welcome-title = Bienvenue
welcome-morning = Bonjour.
welcome-afternoon = Bon après-midi.
welcome-evening = Bonsoir.
welcome-find = Trouve ta classe.
welcome-none-heading = Aucune classe n’est ouverte
welcome-none = Demande à ton maître ou à ta maîtresse de l’ouvrir.
staff-door = Enseignant
language-title = Langue
theme-day = Clair
theme-dim = Sombre

who-title = Qui es-tu ?
who-more = D’autres visages
who-next = Visages suivants
who-none-heading = Il n’y a encore personne dans cette classe
who-none = Ton maître ou ta maîtresse peut y ajouter des enfants.
back-to-classes = Retour aux classes

code-title = Touche tes 3 images
code-touched = { $count ->
    [one] { $count } image touchée sur 3
   *[other] { $count } images touchées sur 3
 }
code-touched-script = # sur 3 images touchées
code-none = Tu n’as pas encore d’images. Demande à ton enseignant de te faire entrer.
code-not-these = Ce ne sont pas celles-là. Essaie encore, ou appelle ton maître ou ta maîtresse.
code-pause = { $seconds ->
    [one] Respire un peu. Tu pourras réessayer dans { $seconds } seconde, ou appelle ton maître ou ta maîtresse.
   *[other] Respire un peu. Tu pourras réessayer dans { $seconds } secondes, ou appelle ton maître ou ta maîtresse.
 }
start-again = Recommencer
ask-teacher = Appeler de l’aide
ask-teacher-heading = On sait que tu es là.
ask-teacher-detail = Attends un peu. La page s’ouvre toute seule quand ton maître ou ta maîtresse te laisse entrer.
ask-teacher-back = Essayer mes images
code-sun = soleil
code-fish = poisson
code-key = clé
code-cup = tasse
code-leaf = feuille
code-boat = bateau
code-bird = oiseau
code-drum = tambour
code-house = maison

class-baobab = baobab
class-kingfisher = martin-pêcheur
class-mango = mangue
class-river = rivière
class-drum = tambour
class-kite = cerf-volant
class-tortoise = tortue
class-sunflower = tournesol
class-moon = lune
class-pot = jarre
class-butterfly = papillon
class-fish = poisson

bye-title = Au revoir. À bientôt.
bye-detail = Ton travail est gardé.
bye-next = À qui le tour ?

staff-title = Enseignants
staff-username = Nom de connexion
staff-password = Mot de passe
staff-enter = Entrer
staff-not-known = Ce nom et ce mot de passe ne vont pas ensemble. Vérifiez les majuscules, puis réessayez.
staff-pause = { $seconds ->
    [one] Trop d’essais. Attendez { $seconds } seconde, puis réessayez.
   *[other] Trop d’essais. Attendez { $seconds } secondes, puis réessayez.
 }

help-child-stuck = Je suis bloqué
help-child-stuck-text = Lève la main. On voit qui a besoin d’aide.
help-child-hint = Je veux un indice
help-child-hint-text = Touche la lampe en bas. L’indice te montre où regarder.
help-child-other = Je suis quelqu’un d’autre
help-child-other-text = Touche « Ce n’est pas moi ». L’enfant suivant peut commencer.
help-staff-today = Qui a besoin de moi maintenant ?
help-staff-today-text = « Aujourd’hui » montre d’abord les enfants bloqués, avec la compétence et depuis combien de temps. La page se renouvelle seule.
help-staff-let-in = Un enfant a oublié ses images
help-staff-let-in-text = Ouvrez « Faire entrer » et touchez le nom de l’enfant. La tablette qui attend s’ouvre seule.
help-staff-grid = Que sait faire ma classe ?
help-staff-grid-text = Le « Tableau » a une ligne par enfant et une colonne par compétence. Il s’imprime sur une feuille.

# What went wrong: what happened, what is safe, what to do next
error-signed-out = Personne n’est entré
error-signed-out-detail = Toutes les réponses sont gardées. Trouve ta classe et entre de nouveau.
error-card = Cette carte n’ouvre plus rien
error-card-detail = Toutes les réponses sont gardées. Demande une nouvelle carte à ton enseignant, ou trouve ta classe.
error-pause = Trop d’essais
error-pause-detail = Attends une demi-minute, puis essaie encore. Ou appelle ton enseignant.
error-moved = Tu as continué sur une autre tablette
error-moved-detail = Toutes les réponses sont gardées. Une seule tablette à la fois est à toi. Trouve ta classe pour entrer ici.
error-idle = Il n’y avait personne depuis un moment
error-idle-detail = Alors la boîte a fermé ton travail, et tout est gardé. Trouve ta classe et entre de nouveau.
error-not-allowed = Cette page n’est pas pour toi
error-not-allowed-detail = Rien n’a changé. Recommence à la première page.
error-closed = La classe n’est pas ouverte
error-closed-detail = Ton travail est gardé. Demande à ton maître ou à ta maîtresse d’ouvrir la classe.
error-too-old = Cette question est trop vieille
error-too-old-detail = Ton travail est gardé. Une nouvelle question est sur ton chemin.
error-tool = Cette question n’a pas pu être préparée
error-tool-detail = Ton travail est gardé. Choisis autre chose pour l’instant.
error-store = La boîte ne peut rien garder pour l’instant
error-store-detail = Ce qui était gardé est en sûreté. Prévenez la personne qui s’occupe de la boîte.
error-erasing = L’effacement est noté, et pas encore fait
error-erasing-detail = L’enfant est déconnecté et n’est plus dans aucune classe. La boîte continue toute seule, au plus tard quand on la rallume. Dites-le à la personne qui s’occupe de la boîte : sa carte a eu un problème.
error-wrong = Quelque chose ne va pas dans ce formulaire
error-wrong-detail = Rien n’a changé. Reviens en arrière et regarde encore une fois.
error-not-found = Il n’y a rien ici
error-not-found-detail = Rien n’est perdu. Recommence à la première page.
error-busy = La boîte a beaucoup à faire
error-busy-detail = Ton travail est gardé. Attends un instant, puis réessaie.
error-ours = Quelque chose s’est mal passé dans la boîte
error-ours-detail = Ton travail est gardé. Réessaie ; si cela recommence, préviens la personne qui s’occupe de la boîte.
error-to-welcome = À la première page
error-to-path = À mon chemin
