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
