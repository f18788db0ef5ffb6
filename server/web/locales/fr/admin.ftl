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
setup-restore = Ou restaurer l’école depuis une sauvegarde

# Premier démarrage avec une sauvegarde
restore-heading = Restaurer depuis une sauvegarde
restore-how = Mettez la clé USB avec la sauvegarde dans la boîte. D’abord la boîte dit ce qu’elle contient ; rien ne change avant votre accord.
restore-which = Sauvegardes sur les clés
restore-none = Il n’y a pas encore de clé avec une sauvegarde. Quand vous en mettez une, elle se montre ici après un instant. Sinon, copiez le dossier « chalkbox-backup-… » tout en haut d’une autre clé. Une sauvegarde enregistrée sur un appareil est un seul fichier en « .tar » : copiez-le tout en haut d’une clé.
restore-set = { $stick }, faite le { $date }
restore-key = Clé de secours, de la feuille imprimée
restore-runs = Laissez la clé en place et la boîte allumée jusqu’à la fin. Pour une grande école, cela prend quelques minutes.
restore-what = La boîte devient cette école : ses personnes, leurs mots de passe, cartes et codes en images, toutes les réponses. La sauvegarde reste comme elle est.
restore-now = Restaurer cette école
restore-other = En choisir une autre
restore-new-school = Plutôt une nouvelle école
restored-heading = { $school } est de retour.
restored-what = { $count ->
    [one] Une entrée du journal de l’école est de nouveau ici.
   *[other] Les { $count } entrées du journal de l’école sont de nouveau ici.
 } Connectez-vous avec le nom et le mot de passe d’avant.
restored-old-box = Gardez l’ancienne carte. Si on peut la lire de nouveau, faites-en une sauvegarde et rapportez-la ici à la page Sauvegardes : ce qui est venu après cette sauvegarde s’ajoute.
restored-on = Se connecter

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
    [one] 1 réponse ou note de l’école est perdue
   *[other] { $count } réponses ou notes de l’école sont perdues
 }
happened-gap-do = La carte les a perdues. Tout le reste est en sûreté. La personne qui s’occupe de la boîte peut rapporter la dernière sauvegarde : ce qu’elle contient revient.
happened-read-only = La boîte ne garde rien de nouveau pour l’instant
happened-read-only-do = Sa carte n’accepte plus rien. Ce qui était gardé est en sûreté, et les tablettes retiennent les nouvelles réponses. Éteignez puis rallumez la boîte. Si cela n’aide pas, il faut changer la carte.
happened-full = La boîte n’a plus de place
happened-full-do = Ce qui était gardé est en sûreté, et les tablettes retiennent les nouvelles réponses. La personne qui s’occupe de la boîte doit faire de la place ou mettre une carte plus grande.
happened-end = Ce qui a été gardé juste avant l’arrêt de la boîte est abîmé
happened-end-do = Une partie peut être perdue. Les réponses que les tablettes ont encore reviennent d’elles-mêmes. Regardez si ce qui a été fait en dernier est là – un nouveau nom, une année close – et refaites ce qui manque. Une sauvegarde l’a peut-être aussi.
happened-newest = La partie la plus récente du journal de la boîte a disparu
happened-newest-do = Ce qui a été gardé juste avant l’arrêt est peut-être perdu. Regardez si ce qui a été fait en dernier est là – un nouveau nom, une année close – et refaites ce qui manque. Les réponses que les tablettes ont encore reviennent d’elles-mêmes, et une sauvegarde en a peut-être plus. Pour que rien ne se mélange, la boîte compte désormais sous un autre nom.
happened-not-built = La boîte ne parvient pas à ranger sa mémoire
happened-not-built-do = Rien n’est perdu, et les nouvelles réponses sont gardées dans son journal. La boîte réessaie d’elle-même, à la fin une fois par heure. Si cela dure jusqu’à demain, faites une sauvegarde et rapportez-la sur une nouvelle carte.
happened-no-room = Il y a trop peu de place pour ranger la mémoire
happened-no-room-do = Rien n’est perdu, et les nouvelles réponses sont gardées. Libérez { $mib } Mo en retirant du contenu inutilisé, ou mettez une carte plus grande. La boîte réessaie d’elle-même, à la fin une fois par heure.
happened-reserve = La carte est pleine : la boîte utilise sa dernière réserve
happened-reserve-do = Tout est gardé jusqu’ici. Quand la réserve sera épuisée, plus rien ne le sera. La personne qui s’occupe de la boîte doit faire de la place ou mettre une carte plus grande aujourd’hui, puis rallumer la boîte.
happened-other-log = { $count ->
    [one] La carte contient le journal d’une autre boîte
   *[other] La carte contient les journaux de { $count } autres boîtes
 }
happened-other-log-do = Quelqu’un l’y a mis à la main. La boîte n’y a pas touché, et rien d’elle n’est perdu. Si vous voulez ses réponses, faites une sauvegarde sur l’autre boîte et rapportez-la ici ; sinon, il n’y a rien à faire.
happened-nearly-full = Il reste { $percent } % de place sur la carte
happened-nearly-full-do = Tout est gardé. Retirez les contenus inutiles, ou mettez bientôt une carte plus grande.
happened-preparing = La boîte range sa mémoire : { $percent } % faits
happened-preparing-do = Les réponses sont gardées. En attendant, les enfants n’ont pas de nouvelles questions, et les pages peuvent montrer moins que ce qu’il y a. Il n’y a rien à faire.
happened-mended = Un dégât sur la carte a été trouvé et réparé
happened-mended-do = Ce qui était abîmé a été remis en état d’après une deuxième copie. La carte vieillit peut-être : faites une sauvegarde et pensez à une nouvelle carte.
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
backups-bad = La dernière sauvegarde hors de la boîte n’a pas passé son contrôle. Faites-en une nouvelle sur une autre clé USB, ou sur cet appareil.
backups-running = La boîte travaille déjà à une sauvegarde. Attendez qu’elle ait fini ; cette page montre où elle en est.
backups-no-stick = La clé n’est plus là. Remettez-la et recommencez.
backups-nothing-looked-at = Rien n’a encore été regardé. Choisissez une sauvegarde et regardez-la d’abord.
backups-no-room = Le fichier est trop grand pour la carte : pour regarder dedans, il faut à la boîte environ treize fois sa taille. Rien n’a changé. Faites de la place, ou restaurez-le sur une carte plus grande.
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
deed-since = Un nouvel essai, { $when }, s’est mal passé.
deed-no-pass = Une sauvegarde à laquelle on ne peut pas se fier
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
stick-own-disk = C’est un dossier de la carte de la boîte, rien n’y est donc enregistré. Si c’est le nom d’une clé USB, elle n’est pas en place : remettez-la.
size-kilobytes = { $count } ko
size-megabytes = { $count } Mo
size-gigabytes = { $count } Go
backup-check = Vérifier une sauvegarde
backup-check-what = « Vérifier » la lit en entier. « Essai de restauration » la restaure à côté de l’école et regarde si tout est revenu ; rien ne change à l’école.
backup-check-none = Il n’y a pas de sauvegarde à vérifier. La boîte en fait une sur sa carte quand aucun enfant ne travaille.
backup-which = Quelle sauvegarde
backup-uploaded = Le fichier envoyé depuis un appareil
backup-check-now = Vérifier
backup-drill-now = Essai de restauration
bring-heading = Rapporter une sauvegarde
bring-how = D’abord la boîte dit ce qu’elle contient, et ce qu’elle changerait d’autre ici. Rien ne change avant votre accord. Le nouveau s’ajoute à ce qui est là ; aucune réponse ne se perd.
bring-from-stick = De la carte ou d’une clé USB
bring-from-file = D’un fichier de cet appareil
bring-key = Clé de secours, si une autre boîte l’a fermée, ou celle-ci avec une ancienne clé
bring-file = Le fichier, son nom finit par .tar
bring-look = Voir ce qu’elle contient
bring-what = La rapporter ajoute ce qui est nouveau. Les enfants peuvent continuer ; de nouvelles questions peuvent attendre un peu.
bring-other = Oui, cette autre école doit être réunie avec celle qui est ici
bring-other-first = C’est la sauvegarde d’une autre école. Dites d’abord qu’elle doit être réunie avec celle qui est ici. Rien n’a changé.
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
holds-other-school = Elle vient d’une autre école : celle d’ici est { $name }. Les deux n’en feraient qu’une
holds-teachers = { $count ->
    [one] 1 enseignant vient avec, et peut se connecter ici avec son mot de passe de là-bas
   *[other] { $count } enseignants viennent avec, et peuvent se connecter ici avec leurs mots de passe de là-bas
 }
holds-leaders = { $count ->
    [one] 1 responsable vient avec : peut voir toutes les classes d’ici, avec son mot de passe de là-bas
   *[other] { $count } responsables viennent avec : peuvent voir toutes les classes d’ici, avec leurs mots de passe de là-bas
 }
holds-technologists = { $count ->
    [one] 1 technicien vient avec : peut s’occuper de cette boîte, avec son mot de passe de là-bas
   *[other] { $count } techniciens viennent avec : peuvent s’occuper de cette boîte, avec leurs mots de passe de là-bas
 }
holds-erased = { $count ->
    [one] 1 enfant de cette école a été effacé là-bas, et serait effacé ici pour toujours
   *[other] { $count } enfants de cette école ont été effacés là-bas, et seraient effacés ici pour toujours
 }
holds-settings = Le nom, le pays et la langue de l’école d’ici deviendraient ceux de la sauvegarde : ils ont été réglés plus tard
holds-nothing-new = Tout ce qu’elle contient est déjà ici.
holds-new = { $count } de ses { $events } entrées ne sont pas encore ici.
job-save-runs = Une sauvegarde est enregistrée { $place }
job-check-runs = Une sauvegarde est lue { $place }
job-drill-runs = Une sauvegarde { $place } est restaurée pour essai
job-look-runs = La boîte regarde dans une sauvegarde { $place }
job-bring-runs = Une sauvegarde { $place } est rapportée
job-save-done = Faire une sauvegarde { $place }
job-check-done = Vérifier une sauvegarde { $place }
job-drill-done = Essai de restauration d’une sauvegarde { $place }
job-look-done = Regarder dans une sauvegarde { $place }
job-bring-done = Rapporter une sauvegarde { $place }
job-restore-runs = L’école est restaurée à partir d’une sauvegarde { $place }
job-restore-done = Restaurer l’école à partir d’une sauvegarde { $place }
job-renew-runs = La sauvegarde { $place } est refaite, sans un enfant effacé
job-renew-done = Refaire la sauvegarde { $place }, sans un enfant effacé
job-runs-here = Les enfants peuvent continuer.
job-runs-device = Les enfants peuvent continuer. Laissez cet appareil allumé jusqu’à ce que le fichier soit là.
job-stop = Arrêter
job-runs = Les enfants peuvent continuer. Laissez la clé en place jusqu’à la fin.
job-percent = { $count } % faits
job-saved = Elle a été enregistrée et relue : { $size } écrits. On peut retirer la clé.
job-saved-card = Elle a été enregistrée et relue : { $size } écrits.
job-sent = Elle a été envoyée à votre appareil : { $size }. Regardez si le fichier y est. Pour en être sûr, voyez ce qu’elle contient : plus bas, « Rapporter une sauvegarde ».
job-sound = { $count ->
    [one] Elle est entière : 1 entrée a été lue.
   *[other] Elle est entière : ses { $count } entrées ont été lues.
 }
job-sound-locked = Chaque octet est tel qu’il a été écrit. Elle est fermée avec une autre clé, son contenu n’a donc pas été regardé.
job-restorable = Tout est revenu : { $learners } élèves, { $answers } réponses. L’école n’a pas changé.
job-holds = Son contenu est écrit plus bas.
brought-back = { $new } entrées sont revenues ; { $known } étaient déjà ici. Rien n’a été compté deux fois.
brought-other-key = Les codes et les cartes de cette autre boîte n’ouvrent rien ici : faites-en de nouveaux pour ses enfants.
brought-mended = { $count ->
    [one] 1 entrée perdue a repris sa place.
   *[other] { $count } entrées perdues ont repris leur place.
 }
brought-conflicts = { $count } entrées sont dites autrement ici et là, comme quand une carte a été copiée ; celles de cette boîte restent. Demandez de l’aide.
backup-fault-none = Il n’y a pas de sauvegarde entière là. Rien n’a changé. Prenez une autre clé ou un autre fichier.
backup-fault-gone = La clé USB a été retirée. Rien n’est perdu, et une sauvegarde qui était entière dessus l’est encore. Remettez-la et recommencez.
backup-fault-read-only = On ne peut rien écrire sur cette clé. Déplacez son verrou, ou prenez-en une autre.
backup-fault-not-locked = La sauvegarde sur cette clé n’est pas fermée, et cette boîte ferme les siennes. Prenez une clé vide.
backup-fault-newer = Un programme plus récent a écrit cette sauvegarde. Mettez d’abord la boîte à jour. Rien n’a changé.
backup-fault-key = La sauvegarde est fermée, et ce n’est pas sa clé de secours. Regardez la feuille imprimée pour cette sauvegarde et écrivez sa clé. Rien n’a changé.
backup-fault-key-needed = La sauvegarde est fermée. Écrivez sa clé de secours, de la feuille imprimée. Rien n’a changé.
backup-fault-short = Cette sauvegarde finit trop tôt : elle n’a pas été copiée jusqu’au bout. Rien n’a changé. Copiez-la encore une fois, ou prenez-en une autre.
backup-fault-no-school = Cette sauvegarde ne contient pas d’école : elle a été faite avant la mise en service de sa boîte. Rien n’a changé. Choisissez-en une autre.
backup-fault-clock = La sauvegarde vient d’un moment plus tardif que l’heure de cette boîte. Rien n’a changé. Réglez l’heure de la machine, rallumez la boîte et recommencez.
backups-not-empty = Cette boîte appartient déjà à une école. Connectez-vous, et rapportez la sauvegarde à la page Sauvegardes.
backup-fault-damaged = Cette sauvegarde est abîmée. Rien n’a changé. Prenez-en une autre, et faites-en bientôt une nouvelle là où l’école est encore.
backup-fault-room = Il n’y a pas assez de place : il faut { $needed }, { $free } sont libres. Rien n’a changé.
backup-fault-medium = La lecture ou l’écriture n’est pas allée au bout. Rien n’est perdu. Remettez la clé et recommencez, ou prenez-en une autre.
backup-fault-store = La boîte n’a pas pu la prendre. Ce qui était ici est en sûreté. Rallumez la boîte et recommencez.
backup-fault-other = Tout ce qui était enregistré n’est pas revenu : on ne peut pas se fier à cette sauvegarde. Faites-en une nouvelle sur une autre clé.
backup-fault-untrusted = Cette clé USB rend autre chose que ce qui y a été écrit. Jetez-la et prenez-en une autre. Rien n’a changé à l’école.
backup-fault-foreign = Autre chose se trouve sur cette clé USB à la place de la sauvegarde de la boîte. Déplacez-le, ou prenez une autre clé. Rien n’a changé.
backup-fault-other-key = La sauvegarde sur cette clé USB est fermée avec une autre clé de secours que celle de la boîte. Elle est restée telle quelle : gardez-la avec la feuille de sa clé, et prenez une clé USB vide.
backup-fault-other-backup = Ce n’est pas la sauvegarde qui a été regardée. Rien n’a changé. Regardez-la d’abord de nouveau.
backup-fault-busy = Un autre programme écrit là une sauvegarde. Attendez qu’il ait fini et recommencez.
backup-fault-unfit = Le fichier « { $name } » de la boîte ne peut pas entrer dans une sauvegarde, on ne peut donc pas en faire. Demandez de l’aide : il faut le sortir des données de la boîte. Les sauvegardes déjà faites sont entières.
backup-fault-box = La boîte elle-même n’y est pas arrivée. Ce qui était là est en sûreté. Regardez la page de la boîte ; si cela se répète, rallumez la boîte.
backup-fault-preparing = La boîte range sa mémoire, on ne peut donc rien y comparer. Attendez qu’elle ait fini et recommencez.
backup-fault-halted = Le travail a été arrêté. Rien n’est perdu, et une sauvegarde qui était entière l’est encore.
backup-fault-card = La carte de la boîte n’a pas été lue ou écrite jusqu’au bout. Ce qui était là est en sûreté. Faites aujourd’hui une sauvegarde sur une clé USB ; si cela se répète, la carte est usée.
backup-fault-device = L’appareil n’a pas tout pris. S’il y a un fichier, il n’est pas entier : effacez-le et enregistrez la sauvegarde de nouveau.
backup-fault-upload = Le fichier n’a pas été lu jusqu’au bout. Rien n’a changé. Envoyez-le de nouveau.
backup-fault-stopped = Le travail s’est arrêté avant la fin. Rien n’est perdu. Recommencez.
key-title = Clé de secours
key-what = Avec une clé de secours les sauvegardes sont fermées : qui trouve une clé USB ne peut pas la lire. Sans elle personne ne le peut, pas même vous.
key-make = Faire une clé de secours
key-once = Elle n’est montrée qu’une fois, sur une feuille à imprimer.
key-another = En faire une autre
key-another-why = Gardez la feuille de l’ancienne : les sauvegardes faites jusqu’ici en ont besoin. Pour la suite, commencez avec une clé USB vide.
key-make-now = La faire et la montrer une fois
key-made = Une clé de secours a été faite il y a un instant, aucune autre n’a donc été faite. Si sa feuille est imprimée, tout va bien. Si personne ne l’a, faites-en une autre maintenant.
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
privacy-child-what = Le prénom, la classe et son niveau, un visage dessiné, la langue ; chaque réponse avec sa question, l’aide reçue et l’heure ; ce que la boîte croit que l’enfant sait faire. Les codes et les cartes sont gardés de sorte que personne ne puisse les lire.
privacy-staff = Du personnel
privacy-staff-what = Le nom, le nom de connexion, ce qui leur est permis. Les mots de passe sont gardés de sorte que personne ne puisse les lire.
privacy-where = Où
privacy-where-what = Sur la carte de cette boîte et dans ses sauvegardes. Une tablette garde une réponse jusqu’à ce que la boîte l’ait, et plus ensuite. Nulle part ailleurs. Aucune note du programme ne nomme un enfant.
privacy-long = Combien de temps
privacy-long-what = Ce que l’on sait d’un enfant est gardé jusqu’à ce que quelqu’un l’efface, même quand il a quitté l’école : rien ne part tout seul. La sauvegarde sur la carte suit dans la journée ; les clés USB et les fichiers enregistrés gardent ce qu’ils contenaient, aussi longtemps que vous les gardez. On peut répondre à une question donnée pendant 60 jours. Qui est connecté est oublié après 10 à 20 minutes de calme, le personnel après une demi-heure, les enseignants après 12 heures, tous à une coupure de courant ; quelles tablettes gardent des réponses, après 4 heures.
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
erase-sticks = Les clés et les fichiers emportés avant contiennent encore l’enfant. Enregistrez ensuite de nouveau sur chaque clé, il en part aussi. Quoi que l’on rapporte ici plus tard, l’enfant reste effacé. Une carte peut garder un moment d’anciens morceaux, que seuls des outils spéciaux trouvent.
erase-type = Écrivez le nom encore une fois : { $name }
erase-now = Effacer pour toujours
erase-trouble-name = Ce n’est pas le nom de l’enfant. Rien n’a été effacé.
erased-title = Effacé
erased-done = { $name } : tout est effacé
erased-what = Le nom et toutes les entrées sur l’enfant ont quitté cette boîte.
erased-card = La sauvegarde sur sa carte est refaite sans l’enfant. L’ancienne part dès que la nouvelle est vérifiée, le plus souvent en quelques minutes ; la page Vie privée le dit.
erased-on = Retour à la vie privée
renewal-waits = La sauvegarde sur la carte de la boîte contient encore un enfant effacé. La boîte va la refaire ; il n’y a rien à faire.
renewal-runs = La sauvegarde sur la carte de la boîte contient encore un enfant effacé. Elle est en train d’être refaite : { $percent } % faits. L’ancienne part quand la nouvelle est vérifiée.
renewal-failed = La sauvegarde sur la carte de la boîte contient encore un enfant effacé : elle n’a pas pu être refaite. La boîte essaie de nouveau toute seule.
renewal-failed-do = Rien d’autre n’est perdu. Si cela dure une heure, rallumez la boîte.
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
year-trouble-same = La dernière année a déjà été close sous ce nom. Rien n’a été changé. Pour clore une autre année, donnez-lui un autre nom.
year-trouble-stick = Il n’y a pas de sauvegarde d’aujourd’hui sur une clé. Faites-en une, puis clôturez l’année. Rien n’a été changé.
year-trouble-soon = La dernière année a été clôturée il y a moins de 61 jours : rien ne peut encore partir. Rien n’a été changé.
year-trouble-wait = La boîte est occupée par sa mémoire ou par une sauvegarde. Réessayez quand elle a fini. Rien n’a été changé.
year-closed-title = Année scolaire clôturée
year-closed-done = « { $name } » est clôturée
year-closed-rows = { $count ->
    [one] { $count } fait sur les enfants, les classes et les exercices a été noté une fois de plus. Faites maintenant une sauvegarde sur une clé et rangez-la.
   *[other] { $count } faits sur les enfants, les classes et les exercices ont été notés une fois de plus. Faites maintenant une sauvegarde sur une clé et rangez-la.
}
year-closed-gone = { $count ->
    [one] { $count } ancienne entrée est partie. La sauvegarde sur la carte a été retirée aussi ; la boîte en fait une nouvelle toute seule.
   *[other] { $count } anciennes entrées sont parties. La sauvegarde sur la carte a été retirée aussi ; la boîte en fait une nouvelle toute seule.
}
year-card-left = La sauvegarde sur la carte n’a pas pu être retirée ; elle contient encore les anciennes entrées. Rien n’est abîmé : la boîte essaie de nouveau à la prochaine.
year-closed-on = Retour à la boîte
