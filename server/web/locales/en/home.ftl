# The way in
welcome-title = Welcome
welcome-morning = Good morning.
welcome-afternoon = Good afternoon.
welcome-evening = Good evening.
welcome-find = Find your class.
welcome-none-heading = No class is open now
welcome-none = Ask your teacher to open it.
staff-door = Teacher
language-title = Language
theme-day = Light
theme-dim = Dim

who-title = Who are you?
who-more = More faces
who-next = Next faces
who-none-heading = Nobody is in this class yet
who-none = Your teacher can add children to it.
back-to-classes = Back to the classes

code-title = Touch your 3 pictures
code-touched = { $count } of 3 pictures touched
code-touched-script = # of 3 pictures touched
code-none = You have no pictures yet. Ask your teacher to let you in.
code-not-these = Not these ones. Try again, or ask your teacher.
code-pause = { $seconds ->
    [one] Take a breath. You can try again in 1 second, or ask your teacher.
   *[other] Take a breath. You can try again in { $seconds } seconds, or ask your teacher.
 }
start-again = Start again
ask-teacher = Ask my teacher
ask-teacher-heading = Your teacher knows that you are here.
ask-teacher-detail = Wait a little. This page opens by itself when your teacher lets you in.
ask-teacher-back = Try my pictures
code-sun = sun
code-fish = fish
code-key = key
code-cup = cup
code-leaf = leaf
code-boat = boat
code-bird = bird
code-drum = drum
code-house = house

class-baobab = baobab
class-kingfisher = kingfisher
class-mango = mango
class-river = river
class-drum = drum
class-kite = kite
class-tortoise = tortoise
class-sunflower = sunflower
class-moon = moon
class-pot = pot
class-butterfly = butterfly
class-fish = fish

bye-title = Goodbye. See you soon.
bye-detail = Your work is kept.
bye-next = Whose turn is it?

staff-title = Staff
staff-username = Sign-in name
staff-password = Password
staff-enter = Enter
staff-not-known = This name and password do not belong together. Look at capital letters, then try again.
staff-pause = { $seconds ->
    [one] Too many tries. Wait 1 second, then try again.
   *[other] Too many tries. Wait { $seconds } seconds, then try again.
 }

help-child-stuck = I am stuck
help-child-stuck-text = Put your hand up. Your teacher sees who needs help.
help-child-hint = I want a hint
help-child-hint-text = Touch the lamp below. A hint shows you where to look.
help-child-other = I am someone else
help-child-other-text = Touch “Not me”. The next child can begin.
help-staff-today = Who needs me now?
help-staff-today-text = “Today” shows stuck children first, each with the skill and how long. The page renews itself.
help-staff-let-in = A child forgot its pictures
help-staff-let-in-text = Open “Let in” and touch the child’s name. The tablet that waits opens by itself.
help-staff-grid = What can my class do?
help-staff-grid-text = “Skill grid” has one row for each child and one column for each skill. It prints on one sheet.

# What went wrong: what happened, what is safe, what to do next
error-signed-out = Nobody is signed in
error-signed-out-detail = Everything that was answered is kept. Find your class and come in again.
error-card = This card opens nothing any more
error-card-detail = Everything that was answered is kept. Ask your teacher for a new card, or find your class.
error-pause = Too many tries
error-pause-detail = Wait half a minute, then try again. Or ask your teacher.
error-moved = You went on working on another tablet
error-moved-detail = Everything that was answered is kept. Only one tablet at a time is yours. Find your class to come in here.
error-idle = It was quiet here for a while
error-idle-detail = So the box closed your work, and everything is kept. Find your class and come in again.
error-not-allowed = This page is not for you
error-not-allowed-detail = Nothing was changed. Begin again from the first page.
error-closed = The class is not open now
error-closed-detail = Your work is kept. Ask your teacher to open the class.
error-too-old = This question is too old
error-too-old-detail = Your work is kept. There is a new question on your path.
error-tool = This question could not be made
error-tool-detail = Your work is kept. Pick something else for now.
error-store = The box cannot keep anything just now
error-store-detail = What was kept before is safe. Tell the person who looks after the box.
error-erasing = The erasing is noted, and not done yet
error-erasing-detail = The child is signed out and in no class any more. The box goes on by itself, at the latest when it is started again. Tell the person who looks after the box: its card gave trouble.
error-wrong = Something in this form does not fit
error-wrong-detail = Nothing was changed. Go back and look at it once more.
error-not-found = There is nothing here
error-not-found-detail = Nothing was lost. Begin again from the first page.
error-busy = The box has much to do
error-busy-detail = Your work is kept. Wait a moment, then try again.
error-ours = Something went wrong in the box
error-ours-detail = Your work is kept. Try again; if it happens again, tell the person who looks after the box.
error-to-welcome = To the first page
error-to-path = To my path
