# A child's pages
path-title = My path
path-pick = Pick one, { $name }
path-all-done = Everything is growing, { $name }
path-all-done-detail = You can do all that this box can teach just now. Walk over your map, or help a friend.
my-map = My map

card-placement = Find my place
card-learn = Something to learn
card-practise = Next step
card-review = Keep it
card-new = Something new
card-pinned = From my teacher
card-reason-opens-most = { $count ->
    [one] Because it opens one more thing for you.
   *[other] Because it opens { $count } more things for you.
 }
card-reason-plan = Because it is next in your class.
card-reason-today = Because you began it today.
card-reason-yesterday = Because you began it last time.
card-reason-first = Because it is a good place to begin.
card-reason-little-lately = Because you have done little with { $domain } lately.
card-reason-other-domain = Because it is something else: { $domain }.
card-reason-other-strand = Because it makes a change.
card-reason-almost = Because you are nearly there.
card-reason-new = Because it is new and you are ready.
card-reason-pinned = Because your teacher chose it for you.
card-reason-review = Because it is time to see if you kept it.
domain-numeracy = numbers
domain-literacy = words

plant-kept = I kept it
plant-can = I can
plant-learning = learning now
plant-ready = ready now
plant-soon = soon
plant-later = later
map-number-hills = Number hills
map-word-hills = Word hills
map-hills = Hills
map-road = { $strand }: I can { $known } of { $total }
map-count = { $known } of { $total }
map-key = What the plants mean
map-walk = Walk a path
road-whole-map = Whole map
road-from = It grows from: { $skill }
road-after = Opens after: { $skill }
road-with-teacher = Your teacher does this one with you.

lesson-teach = Look and listen
lesson-example = Watch one
lesson-check = Your turn
lesson-steps = Steps of the lesson
lesson-practise = Now I try
lesson-not-yet = Not yet. Look at the picture again, then touch another one.

ask-look = Look
activity-title = Question
hint = Hint
hint-more = More hint
hand-up = Hand up
hand-down = Hand down
pad-erase = Rub out
answer-done = Done
answer-skip = I do not know yet
answer-several = { $max ->
    [one] Touch the right one.
   *[other] Touch all that are right, at most { $max }.
 }
answer-here = Your answer
answer-top = Number above the line
answer-bottom = Number below the line
answer-order = Put them in order: first is 1.
answer-place-of = Place of { $thing }
answer-match = Find the partner of each.
answer-sort = Put each where it belongs.
answer-gaps = Put a tile into each gap.
answer-partner-of = Partner of { $thing }
answer-tile = Tile { $letter }
answer-place = Place on the line
answer-point = Touch the place in the picture.
answer-tap = Touch one after the other.
answer-observe = Show this to your teacher. You do it together.
answer-empty = There is no answer yet. Touch or write one.
answer-odd = This answer does not fit here. Look at it once more.

given-point = { $x } % from the left, { $y } % from the top
given-custom = Your work
kept-tablet = Kept on this tablet
kept-box = Kept on the box
kept-not = This tablet cannot keep the answer. Leave this page open until it is sent.

feedback-right = Yes.
feedback-not-yet = Not yet.
feedback-skipped = Good to know. Look how it goes.
feedback-unscored = Your answer is kept. We could not check this one; it does not count.
feedback-your-answer = You said:
show-me = Show me how
solution-title = This is how
solution-next = Try another one

done-title = Done
done-growing = It is growing: { $skill }
done-new-tree = A new tree stands on your hill.
done-right = { $answers ->
    [one] You answered 1 question, { $right } right. Every try helps it grow.
   *[other] You answered { $answers } questions, { $right } right. Every try helps it grow.
 }
done-kept = { $count ->
    [one] 1 answer kept on the box
   *[other] { $count } answers kept on the box
 }
done-next = What next?
done-again = Once more
done-other = Someone else’s turn

preparing-title = A moment
preparing-heading = The box is putting its memory in order
preparing-kept = What you answer is kept. This page goes on by itself.
