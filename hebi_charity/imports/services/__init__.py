"""What may be done with an import, in the order of its life.

uploading.upload(file)                      uploaded     what the first look found is in `look`
planning.look_again(sheet, header_row …)    uploaded     when a person corrects where the table is
planning.ask_check(plan)                    checking     a worker reads and checks; `report` when it is done
deciding.answer(…)                          checked      only when the check asked a `question`
deciding.submit()                           submitted    frozen from here on
deciding.confirm() / return_import(reason)  confirmed    by another person; a worker merges
(merging.step, by a worker)                 merging, done
deciding.discard(reason)                    discarded    any time before submission
resuming.resume()                           going on after a failure, from the row where it stopped
"""
