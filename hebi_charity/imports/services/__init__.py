"""What may be done with an import, in the order of its life.

uploading.upload(file)                      uploaded     what the first look found is in `look`
planning.look_again(sheet, header_row …)    uploaded     when a person corrects where the table is
planning.ask_check(plan)                    checking     a worker reads and checks; `report` when it is done
deciding.answer(…)                          checked      only when the check asked a `question`
deciding.decide({…})                        checked      of rows without money that may be known already
deciding.submit()                           submitted    frozen from here on
deciding.confirm() / return_import(reason)  confirmed    by another person; a worker merges
(merging.step, by a worker)                 merging, done
deciding.take_in()                          confirmed    submit and confirm in one, where one person is enough
undoing.undo(reason)                        undone       what was made of rows without money is withdrawn
deciding.discard(reason)                    discarded    any time before submission
resuming.resume()                           going on after a failure, from the row where it stopped
"""
