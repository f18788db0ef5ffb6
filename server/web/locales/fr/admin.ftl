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

# Ce qui est arrivé à la boîte
happened-gap = { $count ->
    [one] 1 entrée du journal de l’école est perdue
   *[other] { $count } entrées du journal de l’école sont perdues
 }
happened-gap-do = La carte les a perdues. Tout le reste est en sûreté. La personne qui s’occupe de la boîte peut rapporter la dernière sauvegarde : ce qu’elle contient revient.
happened-read-only = La boîte ne garde rien de nouveau pour l’instant
happened-read-only-do = Sa carte n’accepte plus rien. Ce qui était gardé est en sûreté, et les tablettes retiennent les nouvelles réponses. Éteignez puis rallumez la boîte. Si cela n’aide pas, il faut changer la carte.
happened-full = La boîte n’a plus de place
happened-full-do = Ce qui était gardé est en sûreté, et les tablettes retiennent les nouvelles réponses. La personne qui s’occupe de la boîte doit faire de la place ou mettre une carte plus grande.
happened-nearly-full = Il reste { $percent } % de place sur la carte
happened-nearly-full-do = Tout est gardé. Retirez les contenus inutiles, ou mettez bientôt une carte plus grande.
happened-preparing = La boîte range sa mémoire : { $percent } % faits
happened-preparing-do = Les réponses sont gardées. En attendant, les enfants n’ont pas de nouvelles questions, et les pages peuvent montrer moins que ce qu’il y a. Il n’y a rien à faire.
happened-mended = Un dégât sur la carte a été trouvé et réparé
happened-mended-do = Rien n’est perdu. La carte vieillit peut-être : faites une sauvegarde et pensez à une nouvelle carte.
happened-tables = La boîte a refait ses tables
happened-tables-do = Rien n’est perdu : elles viennent du journal. Si cela arrive souvent, la carte vieillit.
happened-stop = La boîte a été éteinte sans prévenir
happened-stop-do = Rien n’est perdu. On peut débrancher la boîte.
happened-copied = Deux boîtes disent être la même
happened-copied-do = Une carte a été copiée. Ce qui venait de l’autre a été mis de côté, rien de cette boîte n’est perdu. Demandez de l’aide avant de continuer avec les deux.
happened-clock = La boîte ne sait pas l’heure qu’il est
happened-clock-do = Les réponses sont gardées dans leur ordre ; leurs heures sont devinées. Réglez l’heure de la machine.

# Sauvegardes
backups-title = Sauvegardes
backups-open = S’occuper des sauvegardes
backups-fine = La dernière sauvegarde hors de la boîte a moins d’une semaine.
backups-never = Aucune sauvegarde n’a encore été faite hors de la boîte. Si sa carte cassait, le travail de l’école serait perdu. Mettez une clé, ou enregistrez-en une sur cet appareil.
backups-old = { $days ->
    [one] La dernière sauvegarde hors de la boîte a 1 jour. Mettez une clé, ou enregistrez-en une sur cet appareil.
   *[other] La dernière sauvegarde hors de la boîte a { $days } jours. Mettez une clé, ou enregistrez-en une sur cet appareil.
 }
backups-running = La boîte travaille déjà à une sauvegarde. Attendez qu’elle ait fini ; cette page montre où elle en est.
backups-no-stick = La clé n’est plus là. Remettez-la et recommencez.
backups-nothing-looked-at = Rien n’a encore été regardé. Choisissez une sauvegarde et regardez-la d’abord.
backups-no-room = Le fichier est plus grand que la place qui reste sur la carte. Rien n’a changé. Apportez-le plutôt sur une clé.
backups-disk = La carte ne l’a pas accepté. Rien n’a changé. Regardez la page de la boîte et recommencez.
backups-done = Ce qui a été fait
deed-away = Sauvegarde hors de la boîte
deed-card = Sauvegarde sur la carte de la boîte
deed-checked = Sauvegarde relue
deed-tested = Essai de restauration
deed-scrubbed = Mémoire de la boîte relue
deed-never = pas encore
deed-fine = { $when }, { $place }
deed-bad = { $when }, { $place } : cela s’est mal passé
deed-holds = { $since ->
    [one] Elle contient { $events } entrées ; 1 est venue depuis.
   *[other] Elle contient { $events } entrées ; { $since } sont venues depuis.
 }
place-card = sur la carte
place-device = sur un autre appareil
place-upload = depuis un fichier
place-box = dans cette boîte
place-stick = sur la clé { $name }
backup-save = Faire une sauvegarde
backup-what = Une sauvegarde contient tout : réponses, noms, réglages, outils. Gardez-la là où personne ne la prend.
backup-locked = Elle est fermée avec la clé de secours.
backup-open = Elle n’est pas fermée : qui la trouve peut la lire. Faites une clé de secours plus bas pour la fermer.
backup-to-device = Enregistrer une sauvegarde sur cet appareil
backup-to-stick = Sur une clé USB
backup-to = Enregistrer sur { $name }
backup-on-card = La sauvegarde sur la carte
sticks-none = Il n’y a pas de clé USB. Mettez-en une et rechargez cette page.
stick-free = { $size } libres
size-kilobytes = { $count } ko
size-megabytes = { $count } Mo
size-gigabytes = { $count } Go
backup-check = Vérifier une sauvegarde
backup-check-what = « Vérifier » la lit en entier. « Essai de restauration » la restaure à côté de l’école et regarde si tout est revenu ; rien ne change à l’école.
backup-check-none = Il n’y a pas de sauvegarde à vérifier. La boîte en fait une sur sa carte quand aucun enfant ne travaille.
backup-which = Quelle sauvegarde
backup-check-now = Vérifier
backup-drill-now = Essai de restauration
bring-heading = Rapporter une sauvegarde
bring-how = D’abord la boîte dit ce qu’elle contient. Rien ne change avant votre accord, et rien de ce qui est ici ne se perd : le nouveau s’ajoute.
bring-from-stick = De la carte ou d’une clé USB
bring-from-file = D’un fichier de cet appareil
bring-key = Clé de secours, si une autre boîte l’a fermée
bring-file = Le fichier, son nom finit par .tar
bring-look = Voir ce qu’elle contient
bring-what = La rapporter ajoute ce qui est nouveau. Les enfants peuvent continuer ; de nouvelles questions peuvent attendre un peu.
bring-now = La rapporter
bring-not = Ne pas le faire
holds-heading = Ce que contient la sauvegarde
holds-school = Une sauvegarde de { $name }
holds-no-school = Elle ne dit pas de quelle école elle vient
holds-people = { $learners } élèves dans { $classes } classes
holds-answers = { $count ->
    [one] 1 réponse
   *[other] { $count } réponses
 }
holds-time = Du { $from } au { $to }
holds-boxes = Entrées de { $count } boîtes
holds-own = Entrées de cette boîte même
holds-nothing-new = Tout ce qu’elle contient est déjà ici.
holds-new = { $count } de ses { $events } entrées ne sont pas encore ici.
job-save-runs = Une sauvegarde est enregistrée { $place }
job-check-runs = Une sauvegarde est lue { $place }
job-drill-runs = Une sauvegarde est restaurée pour essai { $place }
job-look-runs = La boîte regarde dans une sauvegarde { $place }
job-bring-runs = Une sauvegarde est rapportée { $place }
job-save-done = Faire une sauvegarde { $place }
job-check-done = Vérifier une sauvegarde { $place }
job-drill-done = Essai de restauration { $place }
job-look-done = Regarder dans une sauvegarde { $place }
job-bring-done = Rapporter une sauvegarde { $place }
job-runs = Les enfants peuvent continuer. Laissez la clé en place jusqu’à la fin.
job-percent = { $count } % faits
job-saved = Elle a été enregistrée et relue : { $size } écrits. On peut retirer la clé.
job-sound = { $count ->
    [one] Elle est entière : 1 entrée a été lue.
   *[other] Elle est entière : ses { $count } entrées ont été lues.
 }
job-sound-locked = Chaque octet est tel qu’il a été écrit. Elle est fermée avec une autre clé, son contenu n’a donc pas été regardé.
job-restorable = Tout est revenu : { $learners } élèves, { $answers } réponses. L’école n’a pas changé.
job-holds = Son contenu est écrit plus bas.
brought-back = { $new } entrées sont revenues ; { $known } étaient déjà ici. Rien n’a été compté deux fois.
brought-other-key = Les codes et les cartes de cette autre boîte n’ouvrent rien ici : faites-en de nouveaux pour ses enfants.
brought-mended = { $count } entrées perdues ont repris leur place.
brought-conflicts = { $count } entrées sont dites autrement ici et là, comme quand une carte a été copiée ; celles de cette boîte restent. Demandez de l’aide.
backup-fault-none = Il n’y a pas de sauvegarde entière là. Rien n’a changé. Prenez une autre clé ou un autre fichier.
backup-fault-gone = La clé USB a été retirée. Rien n’est perdu, et une sauvegarde qui était entière dessus l’est encore. Remettez-la et recommencez.
backup-fault-read-only = On ne peut rien écrire sur cette clé. Déplacez son verrou, ou prenez-en une autre.
backup-fault-not-locked = La sauvegarde sur cette clé n’est pas fermée, et cette boîte ferme les siennes. Prenez une clé vide.
backup-fault-newer = Un programme plus récent a écrit cette sauvegarde. Mettez d’abord la boîte à jour. Rien n’a changé.
backup-fault-key = La sauvegarde est fermée, et ce n’est pas sa clé de secours. Regardez la feuille imprimée et recommencez. Rien n’a changé.
backup-fault-damaged = Cette sauvegarde est abîmée. Rien n’a changé. Prenez-en une autre, et faites-en bientôt une nouvelle.
backup-fault-room = Il n’y a pas assez de place : il faut { $needed }, { $free } sont libres. Rien n’a changé.
backup-fault-medium = La lecture ou l’écriture n’est pas allée au bout. Rien n’est perdu. Remettez la clé et recommencez, ou prenez-en une autre.
backup-fault-store = La boîte n’a pas pu la prendre. Ce qui était ici est en sûreté. Rallumez la boîte et recommencez.
backup-fault-other = Tout ce qui était enregistré n’est pas revenu : on ne peut pas se fier à cette sauvegarde. Faites-en une nouvelle sur une autre clé.
backup-fault-stopped = Le travail s’est arrêté avant la fin. Rien n’est perdu. Recommencez.
key-title = Clé de secours
key-what = Avec une clé de secours les sauvegardes sont fermées : qui trouve une clé USB ne peut pas la lire. Sans elle personne ne le peut, pas même vous.
key-make = Faire une clé de secours
key-once = Elle n’est montrée qu’une fois, sur une feuille à imprimer.
key-another = En faire une autre
key-another-why = Gardez la feuille de l’ancienne : les sauvegardes faites jusqu’ici en ont besoin. Pour la suite, commencez avec une clé USB vide.
key-make-now = La faire et la montrer une fois
key-print = Imprimez-la maintenant : elle n’est montrée que cette fois.
key-keep = Gardez cette feuille en lieu sûr, loin de la boîte. Qui l’a peut ouvrir les sauvegardes de l’école ; sans elle personne ne le peut.

date = { $day } { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Ce qui est gardé de chacun
privacy-title = Vie privée
privacy-box = Ce qui est gardé de chacun ; remettre ou effacer ce que l’on sait d’un enfant.
privacy-open = Voir ce qui est gardé
privacy-kept = Ce qui est gardé, et où
privacy-child = D’un enfant
privacy-child-what = Le prénom, la classe, un visage dessiné, la langue ; chaque réponse avec sa question, l’aide reçue et l’heure ; ce que la boîte croit que l’enfant sait faire. Les codes et les cartes sont gardés de sorte que personne ne puisse les lire.
privacy-staff = Du personnel
privacy-staff-what = Le nom, le nom de connexion, ce qui leur est permis. Les mots de passe sont gardés de sorte que personne ne puisse les lire.
privacy-where = Où
privacy-where-what = Sur la carte de cette boîte et dans ses sauvegardes, nulle part ailleurs. Aucune note du programme ne nomme un enfant.
privacy-never = Jamais
privacy-never-what = Rien n’est envoyé sur internet. Il n’y a ni photos, ni adresses, ni dates de naissance.
privacy-one = Un enfant
privacy-one-what = Choisissez un enfant pour remettre ce que l’on sait de lui, ou pour l’effacer.
privacy-left = Ceux qui sont partis
child-export = Remettre ce que l’on sait
child-export-what = { $count ->
    [one] La boîte a 1 entrée sur cet enfant. Le fichier se lit avec tout programme de texte ; le nom de l’enfant y est.
   *[other] La boîte a { $count } entrées sur cet enfant. Le fichier se lit avec tout programme de texte ; le nom de l’enfant y est.
 }
child-export-now = Enregistrer le fichier
erase-title = Effacer { $name }
erase-what = Le nom et toutes les entrées sur l’enfant quittent cette boîte pour toujours. Personne ne peut revenir en arrière. Remettez d’abord le fichier, si quelqu’un peut le demander.
erase-sticks = Les clés et les fichiers emportés avant contiennent encore l’enfant ; la boîte l’efface de nouveau quand on en rapporte un. Une carte peut garder un moment d’anciens morceaux, que seuls des outils spéciaux trouvent.
erase-type = Écrivez le nom encore une fois : { $name }
erase-now = Effacer pour toujours
erase-trouble-name = Ce n’est pas le nom de l’enfant. Rien n’a été effacé.
erased-title = Effacé
erased-done = { $name } : tout est effacé
erased-what = Le nom et toutes les entrées sur l’enfant ont quitté cette boîte. La sauvegarde sur sa carte a été retirée aussi ; la boîte en fait une nouvelle toute seule.
erased-card-left = La sauvegarde sur la carte n’a pas pu être retirée. Rallumez la boîte, et effacez le dossier « backup » s’il est encore là.
erased-on = Retour à la vie privée
year-title = Année scolaire
year-box = À la fin d’une année scolaire, clôturez-la : la boîte reste rapide.
year-open = Clôturer une année scolaire
year-what = Ce que fait la clôture
year-kept = Reste
year-kept-what = Chaque enfant avec son nom et sa classe, ce qu’il sait faire et ce qu’on lui a demandé en dernier ; le personnel, les classes et les réglages. Aucun enfant ne doit recommencer, et personne ne voit de différence.
year-goes = Peut partir
year-goes-what = Les réponses une à une d’avant la dernière clôture. Celles de cette année, depuis la dernière clôture, restent dans la boîte. Ce qui part reste sur la clé faite avant.
year-never = Aucune année n’a encore été clôturée
year-last = « { $name } » a été clôturée le { $date }
year-figures = Si vous clôturez maintenant, { $goes } entrées peuvent partir et { $stays } restent.
year-close = Clôturer l’année
year-name = Nom de l’année, par exemple 2026/27
year-forget = { $count ->
    [one] Laisser partir { $count } ancienne entrée
   *[other] Laisser partir { $count } anciennes entrées
}
year-forget-what = Personne ne peut revenir en arrière sur cette boîte. Rangez bien la clé : c’est là que sont ces entrées.
year-stick = Avant que d’anciennes entrées puissent partir, faites aujourd’hui une sauvegarde sur une clé. Sans elle, l’année est clôturée et tout reste.
year-now = Clôturer l’année
year-trouble-name = L’année a besoin d’un nom de 40 lettres au plus. Rien n’a été changé.
year-trouble-stick = Il n’y a pas de sauvegarde d’aujourd’hui sur une clé. Faites-en une, puis clôturez l’année. Rien n’a été changé.
year-trouble-soon = La dernière année a été clôturée il y a moins de 61 jours : rien ne peut encore partir. Rien n’a été changé.
year-trouble-wait = La boîte est occupée par sa mémoire ou par une sauvegarde. Réessayez quand elle a fini. Rien n’a été changé.
year-closed-title = Année scolaire clôturée
year-closed-done = « { $name } » est clôturée
year-closed-rows = { $count ->
    [one] { $count } fait sur les enfants, les classes et les exercices a été noté une fois de plus.
   *[other] { $count } faits sur les enfants, les classes et les exercices ont été notés une fois de plus.
}
year-closed-gone = { $count ->
    [one] { $count } ancienne entrée est partie. La sauvegarde sur la carte a été retirée aussi ; la boîte en fait une nouvelle toute seule.
   *[other] { $count } anciennes entrées sont parties. La sauvegarde sur la carte a été retirée aussi ; la boîte en fait une nouvelle toute seule.
}
year-closed-on = Retour à la boîte
