# First start, the box, the poster
setup-title = Premier démarrage
setup-welcome = Bienvenue dans la boîte de votre école.
setup-step = Étape { $at } sur { $total }
setup-language = Quelle langue parlez-vous ?
setup-school-heading = Votre école
setup-school = Nom de l’école
setup-country = Pays
setup-country-why = Pour les prénoms, l’argent et les choses que les enfants connaissent.
setup-owner-heading = Qui s’occupe de la boîte ?
setup-owner-why = Ce compte peut tout faire. Notez le mot de passe et gardez-le en lieu sûr.
setup-name = Votre nom
setup-password-rule = Au moins 8 caractères. Long vaut mieux que compliqué.
setup-trouble-school = Écrivez le nom de l’école, 80 lettres au plus.
setup-trouble-country = Choisissez un des pays.
setup-trouble-name = Écrivez votre nom, 40 lettres au plus.
setup-trouble-username = Le nom de connexion a 2 à 40 lettres, chiffres, points ou tirets, sans espace.
setup-trouble-password = Le mot de passe doit avoir au moins 8 caractères.
setup-zone = Heure de l’école
setup-zone-why = Pour que la journée commence au vrai minuit de l’école.
setup-trouble-zone = Choisissez le lieu dont l’heure est celle de l’école.
setup-finish = Terminer
setup-done-heading = { $school } est prête.
setup-done-address = Les tablettes et téléphones de ce réseau trouvent la boîte à cette adresse :
setup-done-on = Commencer

box-title = La boîte
box-version = Version { $version }
box-address = Adresse
box-no-classes = Pas encore de classe.
box-my-classes = Mes classes
box-tools = Outils numériques
box-skills = { $count ->
    [one] { $count } compétence
   *[other] { $count } compétences
 }
box-tool-on = marche
box-tool-off = arrêté
box-tool-missing = n’a pas pu être installé ; redémarrez la boîte

poster-title = Affiche
poster-how = Une page à accrocher près de la boîte. Imprimez-la.
poster-wifi = Rejoignez le Wi-Fi de l’école.
poster-wifi-name = Nom :
poster-wifi-password = Mot de passe :
poster-scan = Photographiez ceci :
poster-type = Ou tapez ceci :
poster-stay = Si la tablette dit « pas d’Internet », restez connecté : la boîte n’en a pas besoin.

programs-title = Programmes
programs-what = D’autres programmes de l’école, par exemple pour des rapports, peuvent utiliser la boîte avec un jeton au lieu d’un mot de passe.
programs-open = Gérer les programmes
programs-have = Programmes avec un jeton
programs-none = Aucun pour l’instant. Donnez un nom à un programme ci-dessous, et la boîte fait son jeton.
programs-as = agit pour { $name }
programs-nobody = cette personne est partie ; il n’ouvre plus rien
programs-end = Y mettre fin
programs-end-why = Dès ce moment, le programme est refusé. Ce qu’il a fait reste.
programs-end-now = Mettre fin à « { $name } »
programs-new = Un autre programme
programs-name = À quoi sert-il ?
programs-make = Faire un jeton
programs-made = Le jeton de { $name }
programs-once = Copiez-le maintenant dans le programme. Il ne se montre que cette fois ; qui l’a peut faire ce que vous pouvez faire.
programs-token = Jeton
programs-trouble-name = Dites en 1 à 40 lettres à quoi sert le programme.
programs-trouble-taken = Il y a déjà un programme de ce nom, et son jeton a été montré. Mettez-y fin d’abord, ou prenez un autre nom.
programs-trouble-many = Il y a déjà 50 programmes. Mettez fin à l’un d’eux qui ne sert plus.
print = Imprimer
