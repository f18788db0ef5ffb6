# First start, the box, the poster
setup-title = First start
setup-welcome = Welcome to your school’s box.
setup-step = Step { $at } of { $total }
setup-language = Which language do you speak?
setup-school-heading = Your school
setup-school = Name of the school
setup-country = Country
setup-country-why = For names, money and things that the children know.
setup-owner-heading = Who looks after the box?
setup-owner-why = This account can do everything. Write the password down and keep it in a safe place.
setup-name = Your name
setup-password-rule = At least 8 characters. Long is better than difficult.
setup-trouble-school = Write the name of the school, at most 80 letters.
setup-trouble-country = Choose one of the countries.
setup-trouble-name = Write your name, at most 40 letters.
setup-trouble-username = The sign-in name has 2 to 40 letters, numbers, points or dashes, without blanks.
setup-trouble-password = The password needs at least 8 characters.
setup-zone = Time of day at the school
setup-zone-why = So that a day begins at the school’s own midnight.
setup-trouble-zone = Choose the place whose time of day is the school’s.
setup-finish = Finish
setup-done-heading = { $school } is ready.
setup-done-address = Tablets and phones on this network reach the box at this address:
setup-done-on = Begin
setup-restore = Or restore the school from a backup

# First start with a backup
restore-heading = Restore from a backup
restore-how = Put the stick with the backup into the box. First the box says what is in it; nothing is changed before you say so.
restore-which = Backups on the sticks
restore-none = There is no stick with a backup yet. When you put one in, it is shown here after a moment. If it is not, copy the folder “chalkbox-backup-…” to the top of another stick. A backup that was saved to a device is one file ending in “.tar”: copy it to the top of a stick.
restore-set = { $stick }, made on { $date }
restore-key = Recovery key, from the printed sheet
restore-runs = Leave the stick in and the box on until it is done. Large schools take some minutes.
restore-what = The box becomes this school: its people, their passwords, cards and picture codes, every answer. The backup stays as it is.
restore-now = Restore this school
restore-other = Choose another
restore-new-school = Make a new school instead
restored-heading = { $school } is back.
restored-what = { $count ->
    [one] One entry of the school’s log is here again.
   *[other] All { $count } entries of the school’s log are here again.
 } Sign in with the name and the password that you had before.
restored-old-box = Keep the old card. If it can be read again, save a backup of it and bring that back here on the page Backups: what came after this backup is added.
restored-on = Sign in

box-title = The box
box-version = Version { $version }
box-address = Address
box-no-classes = No classes yet.
box-my-classes = My classes
box-tools = Digital tools
box-skills = { $count ->
    [one] 1 skill
   *[other] { $count } skills
 }
box-tool-on = works
box-tool-off = off
box-tool-missing = could not be installed; start the box again

poster-title = Poster
poster-how = One page to hang up beside the box. Print it.
poster-wifi = Join the school’s Wi-Fi.
poster-wifi-name = Name:
poster-wifi-password = Password:
poster-scan = Photograph this:
poster-type = Or type this:
poster-stay = If the tablet says “no internet”, stay connected: the box needs none.

programs-title = Programs
programs-what = Other programs of the school, such as one that makes reports, may use the box with a token instead of a password.
programs-open = Look after programs
programs-have = Programs with a token
programs-none = None yet. Give a program a name below, and the box makes its token.
programs-as = acts as { $name }
programs-nobody = its person has left; it opens nothing
programs-end = End it
programs-end-why = From then on the program is refused. What it did stays.
programs-end-now = End “{ $name }”
programs-new = Another program
programs-name = What is it for?
programs-make = Make a token
programs-made = The token of { $name }
programs-once = Copy it into the program now. It is shown only this once; whoever has it can do what you can do.
programs-token = Token
programs-trouble-name = Say in 1 to 40 letters what the program is for.
programs-trouble-taken = There is a program of this name already, and its token was shown then. End it first, or take another name.
programs-trouble-many = There are 50 programs already. End one that is not used any more.
print = Print

# What happened to the box
happened-gap = { $count ->
    [one] 1 answer or note of the school is lost
   *[other] { $count } answers or notes of the school are lost
 }
happened-gap-do = The card lost them. Everything else is safe. Whoever looks after the box can bring back the newest backup: what is in it comes back.
happened-read-only = The box keeps nothing new just now
happened-read-only-do = Its card takes nothing more. What was kept before is safe, and tablets hold new answers until the box takes them. Switch the box off and on once. If that does not help, the card must be changed.
happened-full = The box has no room left
happened-full-do = What was kept is safe, and tablets hold new answers until the box takes them. Whoever looks after the box must make room or put in a larger card.
happened-end = What was kept last before the box stopped was damaged
happened-end-do = Some of it may be lost. Answers that tablets still hold come again by themselves. Look whether what was done last is there – a new name, a closed year – and do again what is missing. A backup may have it too.
happened-newest = The newest part of the box’s log is gone
happened-newest-do = What was kept last before the box stopped may be lost. Look whether what was done last is there – a new name, a closed year – and do again what is missing. Answers that tablets still hold come again by themselves, and a backup may have more. So that nothing is mixed up the box counts anew under another name.
happened-not-built = The box cannot put its memory in order
happened-not-built-do = Nothing is lost, and new answers are kept in its log. The box tries again by itself, in the end once an hour. If this stays until tomorrow, make a backup and bring it to a new card.
happened-no-room = There is too little room to put the memory in order
happened-no-room-do = Nothing is lost, and new answers are kept. Make { $mib } MB free, by removing content that is not used, or put in a larger card. The box tries again by itself, in the end once an hour.
happened-reserve = The card is full: the box is using its last reserve
happened-reserve-do = Everything is kept so far. When the reserve is used up, nothing more is. Whoever looks after the box must make room or put in a larger card today, and start the box again.
happened-other-log = { $count ->
    [one] The card holds the log of another box
   *[other] The card holds the logs of { $count } other boxes
 }
happened-other-log-do = Somebody put it there by hand. It was left alone, and nothing of this box is lost. If its answers are wanted, make a backup on that other box and bring it back here; if not, nothing need be done.
happened-nearly-full = { $percent } % of the room on the card is left
happened-nearly-full-do = Everything is kept. Remove content that is not used, or put in a larger card soon.
happened-preparing = The box is putting its memory in order: { $percent } % done
happened-preparing-do = Answers are kept. Until it is done children wait for new questions, and pages may show less than there is. Nothing need be done.
happened-mended = Damage on the card was found and mended
happened-mended-do = What was damaged was put right from a second copy. The card may be growing old: make a backup, and think of a new card.
happened-tables = The box made its tables again
happened-tables-do = Nothing is lost: they were made from the log. If this happens often, the card is growing old.
happened-stop = The box was switched off without warning
happened-stop-do = Nothing is lost. Pulling the plug is fine.
happened-copied = Two boxes say that they are the same one
happened-copied-do = A card was copied. What came in from the other was set aside, nothing of this box is lost. Ask for help before both go on.
happened-clock = The box does not know what time it is
happened-clock-do = Answers are kept in their order; their times are guessed. Set the time of day of the machine.

# Backups
backups-title = Backups
backups-open = Look after backups
backups-fine = The last backup outside of this box is less than a week old.
backups-never = No backup was made outside of this box yet. Were its card to break, the school’s work would be lost. Put in a stick, or save one to this device.
backups-old = { $days ->
    [one] The last backup outside of this box is 1 day old. Put in a stick, or save one to this device.
   *[other] The last backup outside of this box is { $days } days old. Put in a stick, or save one to this device.
 }
backups-bad = The last backup outside of this box did not pass its check. Save a new one on another stick, or on this device.
backups-running = The box is at work on a backup already. Wait until it is done; this page shows how far it is.
backups-no-stick = The stick is not there any more. Put it back in and try again.
backups-nothing-looked-at = Nothing was looked at yet. Choose a backup and look at it first.
backups-no-room = The file is too large for the card: to look into it, the box needs about thirteen times its size. Nothing was changed. Make room, or restore it on a larger card.
backups-disk = The card did not take it. Nothing was changed. Look at the page of the box, and try again.
backups-done = What was done
deed-away = Backup outside of this box
deed-card = Backup on the box’s own card
deed-checked = Backup read through
deed-tested = Test restore
deed-scrubbed = Own memory read through
deed-never = not yet
deed-fine = { $when }, { $place }
deed-bad = { $when }, { $place }: it did not go well
deed-holds = { $since ->
    [one] It holds { $events } entries; 1 has come since.
   *[other] It holds { $events } entries; { $since } have come since.
 }
deed-since = It was tried again { $when }, and did not go well then.
deed-no-pass = A backup that cannot be relied on
place-card = on the card
place-device = on another device
place-upload = from a file
place-box = in this box
place-stick = on the stick { $name }
backup-save = Save a backup
backup-what = A backup holds everything: answers, names, settings, tools. Keep it where nobody takes it.
backup-locked = It is locked with the recovery key.
backup-open = It is not locked: whoever has it can read it. Make a recovery key below to lock it.
backup-to-device = Save a backup to this device
backup-to-stick = To a stick
backup-to = Save to { $name }
backup-on-card = The backup on the card
sticks-none = No stick is in. Put one in and load this page again.
stick-free = { $size } free
stick-own-disk = This is a folder on the box’s own card, so nothing is saved there. If it is the name of a stick, the stick is not in: put it in again.
size-kilobytes = { $count } kB
size-megabytes = { $count } MB
size-gigabytes = { $count } GB
backup-check = Check a backup
backup-check-what = “Check” reads all of it. “Test restore” restores it beside the school and looks whether everything came back; nothing of the school is changed.
backup-check-none = There is no backup to check. The box makes one on its card when no child is at work.
backup-which = Which backup
backup-uploaded = The file that was sent from a device
backup-check-now = Check
backup-drill-now = Test restore
bring-heading = Bring a backup back
bring-how = First the box says what is in it, and what else it would change here. Nothing is changed before you say so. What is new comes to what there is; no answer is lost by it.
bring-from-stick = From the card or a stick
bring-from-file = From a file on this device
bring-key = Recovery key, if another box locked it, or this one with a former key
bring-file = The file, its name ends in .tar
bring-look = See what is in it
bring-what = Bringing it back adds what is new. Children may go on; new questions may have to wait a little.
bring-other = Yes, this other school shall come together with the one that is here
bring-other-first = This is the backup of another school. Say first that it shall come together with the one that is here. Nothing was changed.
bring-now = Bring it back
bring-not = Do not
holds-heading = What the backup holds
holds-school = A backup of { $name }
holds-no-school = It does not say which school’s it is
holds-people = { $learners } learners in { $classes } classes
holds-answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
 }
holds-time = From { $from } to { $to }
holds-boxes = Entries of { $count } boxes
holds-own = Entries of this very box
holds-other-school = It is another school’s: the one here is { $name }. Both would be one
holds-teachers = { $count ->
    [one] 1 teacher comes along, and can sign in here with the password from there
   *[other] { $count } teachers come along, and can sign in here with their passwords from there
 }
holds-leaders = { $count ->
    [one] 1 leader comes along: may see all classes here, with the password from there
   *[other] { $count } leaders come along: may see all classes here, with their passwords from there
 }
holds-technologists = { $count ->
    [one] 1 technologist comes along: may look after this box, with the password from there
   *[other] { $count } technologists come along: may look after this box, with their passwords from there
 }
holds-erased = { $count ->
    [one] 1 child of this school was erased there, and would be erased here for good
   *[other] { $count } children of this school were erased there, and would be erased here for good
 }
holds-settings = The school’s name, country and language here would become those of the backup: they were set later
holds-nothing-new = Everything in it is here already.
holds-new = { $count } of its { $events } entries are not here yet.
job-save-runs = A backup is being saved { $place }
job-check-runs = A backup is being read { $place }
job-drill-runs = A backup { $place } is being restored for a test
job-look-runs = The box looks into a backup { $place }
job-bring-runs = A backup { $place } is being brought back
job-save-done = Save a backup { $place }
job-check-done = Check a backup { $place }
job-drill-done = Test restore of a backup { $place }
job-look-done = Look into a backup { $place }
job-bring-done = Bring back a backup { $place }
job-restore-runs = The school is being restored from a backup { $place }
job-restore-done = Restore the school from a backup { $place }
job-renew-runs = Making the backup { $place } anew, without a child who was erased
job-renew-done = Make the backup { $place } anew, without a child who was erased
job-runs-here = Children may go on meanwhile.
job-runs-device = Children may go on meanwhile. Keep this device on until the file is there.
job-stop = Stop
job-runs = Children may go on meanwhile. Leave the stick in until it is done.
job-percent = { $count } % done
job-saved = It was saved and read back: { $size } were written. The stick may be taken out.
job-saved-card = It was saved and read back: { $size } were written.
job-sent = It was sent to your device: { $size }. Look whether the file is there. To be sure, see what is in it: below, “Bring a backup back”.
job-sound = { $count ->
    [one] It is whole: 1 entry was read.
   *[other] It is whole: all { $count } entries were read.
 }
job-sound-locked = Every byte is as it was written. It is locked with another key, so what is in it was not looked at.
job-restorable = Everything came back: { $learners } learners, { $answers } answers. The school was not changed.
job-holds = What is in it stands below.
brought-back = { $new } entries came back; { $known } were here already. Nothing was counted twice.
brought-other-key = Picture codes and cards of that box open nothing here: make new ones for its children.
brought-mended = { $count ->
    [one] 1 lost entry was put in its place.
   *[other] { $count } lost entries were put in their place.
 }
brought-conflicts = { $count } entries are told differently here and there, as happens when a card was copied; those of this box stay. Ask for help.
backup-fault-none = There is no whole backup there. Nothing was changed. Take another stick or file.
backup-fault-gone = The stick was taken out. Nothing was lost, and a backup that was whole on it still is. Put it back in and try again.
backup-fault-read-only = Nothing can be written on this stick. Slide its lock, or take another one.
backup-fault-not-locked = The backup on this stick is not locked, and this box locks its own. Take an empty stick.
backup-fault-newer = A newer program wrote this backup. Bring the box’s program up to date first. Nothing was changed.
backup-fault-key = The backup is locked, and this is not its recovery key. Look at the sheet that was printed for this backup, and type its key. Nothing was changed.
backup-fault-key-needed = The backup is locked. Type its recovery key, from the sheet that was printed. Nothing was changed.
backup-fault-short = This backup ends too early: it was not copied to its end. Nothing was changed. Copy it again from where it came, or use another one.
backup-fault-no-school = This backup holds no school: it was made before its box was set up. Nothing was changed. Choose another one.
backup-fault-clock = The backup is from a later time than this box’s clock says. Nothing was changed. Set the time of day of the machine, start the box again, and try once more.
backups-not-empty = This box belongs to a school already. Sign in, and bring the backup back on the page Backups.
backup-fault-damaged = This backup is damaged. Nothing was changed. Use another one, and make a new one soon where its school still is.
backup-fault-room = There is not enough room: { $needed } are needed, { $free } are free. Nothing was changed.
backup-fault-medium = It could not be read or written to its end. Nothing was lost. Put the stick back in and try again, or take another one.
backup-fault-store = The box could not take it in. What was here before is safe. Start the box again and try once more.
backup-fault-other = What came back is not all that was saved: this backup cannot be trusted. Make a new one on another stick.
backup-fault-untrusted = This stick gives back other things than were written on it. Throw it away, and use another one. Nothing of the school was changed.
backup-fault-foreign = Something else lies on this stick where the backup of this box should be. Move it away, or take another stick. Nothing was changed.
backup-fault-other-key = The backup on this stick is locked with another recovery key than this box has now. It was left as it is: keep it together with the sheet of its key, and take an empty stick.
backup-fault-other-backup = This is not the backup that was looked at. Nothing was changed. Look at it again first.
backup-fault-busy = Another program writes a backup there just now. Wait until it is done, and try again.
backup-fault-unfit = The file “{ $name }” of the box cannot go into a backup, so that none can be made. Ask for help: it must be moved out of the box’s data. Backups that were made before are whole.
backup-fault-box = The box itself could not do it. What was there before is safe. Look at the page of the box; if this happens again, start the box again.
backup-fault-preparing = The box is putting its memory in order, so that nothing can be compared with it. Wait until it is done, and try again.
backup-fault-halted = It was stopped. Nothing was lost, and a backup that was whole there still is.
backup-fault-card = The box’s card could not be read or written to its end. What was there before is safe. Save a backup to a stick today; if this happens again, the card is wearing out.
backup-fault-device = The device did not take all of it. If there is a file, it is not whole: delete it, and save the backup again.
backup-fault-upload = The file could not be read to its end. Nothing was changed. Send it again.
backup-fault-stopped = The work ended before it was done. Nothing was lost. Try again.
key-title = Recovery key
key-what = With a recovery key backups are locked: whoever finds a stick cannot read it. Without the key nobody can, not even you.
key-make = Make a recovery key
key-once = It is shown only once, on a sheet to print.
key-another = Make another one
key-another-why = Keep the sheet of the one before: backups that were made until now still need it. On sticks begin with an empty one.
key-make-now = Make it and show it once
key-made = A recovery key was made a moment ago, so no other one was made. If its sheet was printed, all is well. If nobody has it, make another one now.
key-print = Print it now: it is shown only this once.
key-keep = Keep this sheet in a safe place, away from the box. Whoever has it can open the school’s backups; without it nobody can.

date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# What is kept of whom
privacy-title = Privacy
privacy-box = What is kept of whom; give out or erase what is known of one child.
privacy-open = See what is kept
privacy-kept = What is kept, and where
privacy-child = Of a child
privacy-child-what = The first name, the class and its grade, a drawn face, the language; every answer with its question, the help that was seen, and when; what the box believes that the child can do. Picture codes and cards are kept so that nobody can read them.
privacy-staff = Of staff
privacy-staff-what = The name, the name to sign in with, what they may do. Passwords are kept so that nobody can read them.
privacy-where = Where
privacy-where-what = On the card of this box and in its backups. A tablet keeps an answer until the box has it, and then no more. Nowhere else. No line of the program’s own notes names a child.
privacy-long = How long
privacy-long-what = What is known of a child is kept until somebody erases the child, also when it has left the school: nothing goes by itself. The backup on the card follows within a day; sticks and saved files hold what they held, as long as you keep them. A question that was handed out can be answered for 60 days. Who is signed in is forgotten after 10 to 20 minutes of quiet, staff after half an hour, teachers after 12 hours, all at a power cut; which tablets hold answers, after 4 hours.
privacy-never = Never
privacy-never-what = Nothing is sent to the internet. There are no photographs, no addresses, no birthdays.
privacy-one = One child
privacy-one-what = Choose a child to give out what is known of it, or to erase it.
privacy-left = Those who left
child-export = Give out what is known
child-export-what = { $count ->
    [one] The box has 1 entry about this child. The file can be read with any program for text; the child’s name is in it.
   *[other] The box has { $count } entries about this child. The file can be read with any program for text; the child’s name is in it.
 }
child-export-now = Save the file
erase-title = Erase { $name }
erase-what = The name and every entry about the child go from this box for good. Nobody can undo it. Give out the file first, if somebody may ask for it.
erase-sticks = Sticks and files that were taken away before still hold the child. Save to each stick again afterwards, then it is gone from there too. Whatever is brought back here later, the child stays erased. A card may keep old pieces for a while where only special tools find them.
erase-type = Type the name again: { $name }
erase-now = Erase for good
erase-trouble-name = That is not the name of the child. Nothing was erased.
erased-title = Erased
erased-done = { $name } is erased
erased-what = The name and every entry about the child are gone from this box.
erased-card = The backup on its card is being made anew without the child. The old one goes as soon as the new one is checked, most often within a few minutes; the page Privacy says when.
erased-on = Back to privacy
renewal-waits = The backup on the box’s card still holds a child who was erased. The box is about to make it anew; nothing need be done.
renewal-runs = The backup on the box’s card still holds a child who was erased. It is being made anew: { $percent } % done. The old one goes when the new one is checked.
renewal-failed = The backup on the box’s card still holds a child who was erased: it could not be made anew. The box tries again by itself.
renewal-failed-do = Nothing else is lost. If this stays for an hour, start the box again.
year-title = School year
year-box = At the end of a school year, close it: the box stays quick.
year-open = Close a school year
year-what = What closing does
year-kept = Stays
year-kept-what = Every child with the name and class, what it can do and what it was last asked; staff, classes and settings. No child has to begin again, and nobody sees a difference.
year-goes = Can go
year-goes-what = Single answers from before the last closing. The answers of this year and since the last closing stay on the box. What goes stays on the stick that was made before.
year-never = No year was closed yet
year-last = “{ $name }” was closed on { $date }
year-figures = If you close now, { $goes } entries can go and { $stays } stay.
year-close = Close the year
year-name = Name of the year, for example 2026/27
year-forget = { $count ->
    [one] Let { $count } old entry go
   *[other] Let { $count } old entries go
}
year-forget-what = Nobody can undo it on this box. Put the stick away safely: it is where those entries are.
year-stick = Before old entries can go, make a backup on a stick today. Without it the year is closed, and everything stays.
year-now = Close the year
year-trouble-name = The year needs a name of at most 40 letters. Nothing was changed.
year-trouble-same = The last year was closed under this name already. Nothing was changed. If you want to close another year, give it another name.
year-trouble-stick = There is no backup on a stick from today. Make one, then close the year. Nothing was changed.
year-trouble-soon = The last year was closed less than 61 days ago, so nothing can go yet. Nothing was changed.
year-trouble-wait = The box is busy with its memory or with a backup. Try again when it is done. Nothing was changed.
year-closed-title = School year closed
year-closed-done = “{ $name }” is closed
year-closed-rows = { $count ->
    [one] { $count } fact about children, classes and tasks was written down once more. Now make a backup on a stick and put it away.
   *[other] { $count } facts about children, classes and tasks were written down once more. Now make a backup on a stick and put it away.
}
year-closed-gone = { $count ->
    [one] { $count } old entry went. The backup on the card was removed too; the box makes a new one by itself.
   *[other] { $count } old entries went. The backup on the card was removed too; the box makes a new one by itself.
}
year-card-left = The backup on the card could not be removed; it still holds the old entries. Nothing is wrong with it: the box tries again when it makes the next one.
year-closed-on = Back to the box
