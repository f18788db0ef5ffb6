# A teacher's pages
tabs = Pages de la classe
tab-classes = Classes
tab-today = Aujourd’hui
tab-grid = Tableau
tab-let-in = Faire entrer
teach-hello = Bonjour, { $name }
teach-none-heading = Vous n’avez pas encore de classe
teach-none = Créez-en une ici, ou demandez à la personne qui s’occupe de la boîte.
class-new = Nouvelle classe
class-name = Nom de la classe
class-grade = Année
class-grade-0 = avant la 1re année
class-names = Noms des enfants, un par ligne
class-make = Créer la classe
class-trouble-name = Une classe a un nom de 1 à 40 lettres.
class-trouble-learner = « { $name } » ne peut pas être un nom d’enfant ici : 1 à 40 lettres, un enfant par ligne.
class-trouble-many = Une classe a au plus 120 enfants.
class-empty = Il n’y a encore personne dans cette classe. Ajoutez les enfants, puis faites leurs cartes pour entrer.
class-add = Ajouter des enfants
class-is-open = La classe est ouverte : les enfants peuvent entrer.
class-is-closed = La classe est fermée : personne n’entre, et qui était là est sorti.
class-open = Ouvrir la classe
class-close = Fermer la classe

presence-stuck = bloqué
presence-hand = main levée
presence-working = au travail
presence-done = était là
presence-waiting = présent
presence-away = absent
today-first = À faire d’abord
today-first-none = Personne n’a besoin de vous en premier. Passez voir leur travail.
today-everyone = Les autres
today-on-skill = { $skill }, { $minutes } min
today-score = { $right } justes sur { $answers }
first-hand = { $name } lève la main
first-hand-reason = Allez voir, ou faites entrer l’enfant s’il attend à la porte.
first-hand-word = Qui attend
first-stuck = Allez voir { $name } : { $skill }
first-stuck-reason = { $wrong } des { $tries } dernières réponses ne sont pas encore justes.
first-stuck-word = Voir les réponses

sign-kept = gardé
sign-can = sait faire
sign-believed = supposé, pas encore montré
sign-learning = apprend
sign-ready = prêt
sign-stuck = bloqué
sign-not-yet = pas encore

learner-why = Pourquoi disons-nous cela ?
learner-sure = Certitude :
learner-sure-text = { $percent } % que c’est su. Nous disons « sait faire » à { $mark } %.
learner-change = Ce qui changerait cela :
learner-nothing-yet = Rien en cours pour l’instant.
claim-can = { $name } sait le faire : { $skill }.
claim-learning = { $name } apprend ceci : { $skill }.
claim-change-can = Des réponses fausses à une révision.
claim-change-answers = { $count ->
    [one] { $count } réponse de plus. Si peu en dit peu.
   *[other] { $count } réponses de plus. Si peu en dit peu.
 }
claim-change-right = Trois réponses justes de suite, sans indice.
claim-change-sure = Encore quelques réponses justes, sans indice.
learner-answers = Dernières réponses
learner-no-answers = Pas encore de réponse.
learner-right = juste
learner-not-yet = pas encore
learner-not-counted = non compté
answer-with-help = avec un indice
evidence-last = { $right } justes sur les { $count } dernières
ago-now = à l’instant
ago-minutes = { $count ->
    [one] il y a { $count } minute
   *[other] il y a { $count } minutes
 }
ago-hours = { $count ->
    [one] il y a { $count } heure
   *[other] il y a { $count } heures
 }
ago-days = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
 }
learner-next = La suite
learner-next-none = Rien de plus dans cette boîte pour l’instant.
learner-strands = Part de chaque chemin
learner-known = { $known } compétences sur { $total }.
learner-skills = Compétences observées
learner-way-in = Pour entrer
learner-code = Code d’images
learner-code-new = Voici les nouvelles images, dans cet ordre. Elles ne se montrent que maintenant.
learner-code-why = Les images sont gardées sans que personne puisse les revoir. En cas d’oubli, faites-en de nouvelles.
learner-code-make = Faire de nouvelles images
let-in-one = Faire entrer { $name }

same-title = Cet enfant est-il là deux fois ?
same-what = Quand deux boîtes sont réunies, ou qu’un nom a été tapé deux fois, un enfant peut être là deux fois. Dites quelle autre inscription est aussi { $name } : il n’y aura plus qu’un seul { $name }, avec le travail des deux.
same-safe = Rien ne se perd, et vous pourrez les séparer de nouveau.
same-nobody = Personne ici n’a un nom semblable.
same-join = C’est le même enfant
same-others = { $count ->
    [one] Un autre enfant
   *[other] { $count } autres enfants
 }
same-joined = Un seul enfant
same-joined-what = Ces inscriptions sont aussi { $name }. Leur travail compte pour { $name }.
same-part = Ce sont deux enfants
same-look = Chercher une autre inscription

grid-strands = Un autre chemin
grid-label = Élèves et compétences
grid-learners = { $count ->
    [one] { $count } élève
   *[other] { $count } élèves
 }
grid-sum = savent faire

let-in-title = Qui peut entrer ?
let-in-how = L’enfant touche « Appeler de l’aide » sur la tablette. Touchez son nom ici, et la tablette s’ouvre.
let-in-waiting = main levée
let-in-done = { $name } peut entrer.

cards-title = Cartes pour entrer
cards-for = Une carte pour { $name }
cards-what = L’enfant photographie sa carte avec la tablette et il est entré. Une carte ne porte aucun nom. Les cartes et votre liste se montrent une seule fois, pour les imprimer et les découper.
cards-ends = { $count ->
    [one] La carte d’avant prend fin : elle n’ouvre plus rien.
   *[other] Les cartes d’avant prennent fin : elles n’ouvrent plus rien. { $count } enfants en reçoivent une nouvelle.
 }
cards-pictures = Faire aussi de nouveaux codes d’images. Sinon, seuls les enfants sans images en reçoivent.
cards-make = { $count ->
    [one] Faire la carte
   *[other] Faire { $count } cartes
 }
cards-now = Imprimez maintenant : elles ne se montrent que cette fois.
cards-list = la liste de l’enseignant
cards-keep = Gardez cette feuille là où les enfants ne la voient pas.
cards-number = Carte
cards-child = Enfant
cards-as-before = comme avant
card-qr = Code de la carte { $number }
learner-card = Faire une carte

next-reason-opens-most = { $count ->
    [one] Cela ouvre { $count } compétence de plus.
   *[other] Cela ouvre { $count } compétences de plus.
 }
next-reason-plan = C’est la suite dans la classe.
next-reason-today = Commencé aujourd’hui.
next-reason-yesterday = Commencé la dernière fois.
next-reason-first = Un bon début.
next-reason-little-lately = Peu travaillé ces jours-ci : { $domain }.
next-reason-other-domain = Autre chose, pour changer : { $domain }.
next-reason-other-strand = Cela change un peu.
next-reason-almost = Presque acquis.
next-reason-new = Nouveau, et tout ce qu’il faut est connu.
next-reason-pinned = Choisi par l’enseignant.
next-reason-review = Il est temps de voir si c’est gardé.
class-closed = fermée

today-waiting = { $count ->
    [one] 1 réponse attend sur une tablette que { $name } a utilisée. Que { $name } s’y connecte : elle vient alors toute seule.
   *[other] { $count } réponses attendent sur une tablette que { $name } a utilisée. Que { $name } s’y connecte : elles viennent alors toutes seules.
 }
today-late = { $count ->
    [one] 1 réponse d’aujourd’hui est venue en retard, d’une tablette sans connexion. Elle compte comme les autres.
   *[other] { $count } réponses d’aujourd’hui sont venues en retard, de tablettes sans connexion. Elles comptent comme les autres.
 }
