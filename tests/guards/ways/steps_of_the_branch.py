"""Steps of the branch that are left out: people, study, exams, honours."""

AROUND_THE_STEPS = {
    "honour renamed": ("UPDATE partybranch_honour SET title = title || 'x'",),
    "honour moved by nobody": ("UPDATE partybranch_honour SET kept_at = 'x'",),
    "honour no longer revoked": (
        (
            "UPDATE partybranch_honour SET revoked_on = NULL, revoked_by_id = NULL, revoked_at = NULL,"
            " revoked_reason = '' WHERE revoked_on IS NOT NULL"
        ),
    ),
    "body named afterwards": (
        (
            "INSERT INTO partybranch_honourgrantor (honour_id, place, name)"
            " SELECT honour_id, max(place) + 1, 'x' FROM partybranch_honourgrantor GROUP BY honour_id"
        ),
    ),
    "evidence added to a frozen dossier": (
        (
            "INSERT INTO partybranch_dossieritem (dossier_id, place, kind, source_type, source_id, title, facts,"
            " digest) SELECT id, item_count + 1, 'evidence', 'x', 1, 'x', '[]', digest FROM partybranch_honourdossier"
        ),
    ),
    "evidence written anew": ("UPDATE partybranch_dossieritem SET facts = '[]'",),
    "exam opened again": ("UPDATE partybranch_exam SET state = 'open', closed_by_id = NULL, closed_at = NULL",),
    "exam with results called off": (
        (
            "UPDATE partybranch_exam SET state = 'cancelled', cancelled_reason = 'x', closed_by_id = NULL,"
            " closed_at = NULL"
        ),
    ),
    "answer judged otherwise": ("UPDATE partybranch_draw SET outcome = 'again' WHERE outcome = 'passed'",),
    "question edited that was put": (
        (
            "UPDATE partybranch_question SET text = text || 'x' WHERE withdrawn_at IS NULL AND id IN (SELECT"
            " question_id FROM partybranch_draw UNION SELECT question_id FROM partybranch_sheetquestion)"
        ),
    ),
    "points raised after the result": ("UPDATE partybranch_examresult SET score = score + 1",),
    "name taken from the list of an exam": ("DELETE FROM partybranch_examinee",),
    "circumstance that has ended ended another day": (
        "UPDATE partybranch_circumstance SET ends_on = '2022-02-02', ended_at = now() WHERE ends_on IS NOT NULL",
    ),
    "term ended by nobody": (
        "UPDATE partybranch_term SET ends_on = '2022-02-02', ended_at = now() WHERE ends_on IS NULL",
    ),
    "withdrawn term ended": (
        (
            "UPDATE partybranch_term SET ends_on = '2022-02-02', ended_at = now(), ended_by_id = {other}"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "stay withdrawn without a reason": (
        (
            "UPDATE partybranch_membership SET withdrawn_at = now(), withdrawn_by_id = {other}"
            " WHERE withdrawn_at IS NULL"
        ),
    ),
    "copies signed for and made more": (
        (
            "UPDATE partybranch_issueline SET signed_at = now(), signed_by_id = {other}, copies = copies + 1"
            " WHERE withdrawn_at IS NULL"
        ),
    ),
    "loan that is back lent again": (
        "UPDATE partybranch_materialloan SET returned_on = NULL, returned_to_id = NULL WHERE returned_on IS NOT NULL",
    ),
    "study confirmed and made longer": (
        (
            "UPDATE partybranch_learningrecord SET confirmed_at = now(), confirmed_by_id = {other}, hours = hours + 1"
            " WHERE confirmed_at IS NULL AND withdrawn_at IS NULL"
        ),
    ),
    "withdrawn study confirmed": (
        (
            "UPDATE partybranch_learningrecord SET confirmed_at = now(), confirmed_by_id = {other}"
            " WHERE confirmed_at IS NULL AND withdrawn_at IS NOT NULL"
        ),
    ),
    "course passed on by another person": (
        (
            "UPDATE partybranch_learningrecord r SET passes_on_id = (SELECT d.id FROM partybranch_passonduty d WHERE"
            " d.person_id <> r.person_id LIMIT 1) WHERE way = 'teaching' AND passes_on_id IS NULL"
        ),
    ),
    "stage withdrawn and moved to another day": (
        (
            "UPDATE partybranch_stagechange SET withdrawn_at = now(), withdrawn_by_id = {other},"
            " withdrawal_reason = 'x', \"on\" = '2001-01-01' WHERE withdrawn_at IS NULL"
        ),
    ),
    "withdrawn standing brought back": (
        (
            "UPDATE partybranch_standing SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "hours of study for somebody who missed the meeting": (
        (
            "WITH occasion AS (INSERT INTO partybranch_studyoccasion (branch_id, kind, title, starts_on, ends_on,"
            " organiser, place, event_id, recorded_by_id, recorded_at) SELECT e.branch_id, 'event', e.topic, e.held_on,"
            " e.held_on, '', '', e.id, {other}, now() FROM partybranch_lifeevent e WHERE EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.status = 'absent') LIMIT 1 RETURNING *)"
            " INSERT INTO partybranch_learningrecord (branch_id, person_id, way, subject, note, starts_on, ends_on,"
            " year, rule_id, quantity, hours, occasion_id, recorded_by_id, recorded_at, withdrawal_reason,"
            " confirmed_by_id, confirmed_at) SELECT o.branch_id, a.person_id, 'meeting', 'x', '', o.starts_on,"
            " o.ends_on, extract(year FROM o.starts_on), r.id, 1, r.hours, o.id, {other}, now(), '', {other}, now()"
            " FROM occasion o JOIN partybranch_attendance a ON a.event_id = o.event_id AND a.status = 'absent',"
            " partybranch_hourrule r WHERE r.unit = 'hour'"
        ),
    ),
    "self-study of thirteen hours twice on one day": 2
    * (
        (
            "INSERT INTO partybranch_learningrecord (branch_id, person_id, way, subject, note, starts_on, ends_on,"
            " year, rule_id, quantity, hours, recorded_by_id, recorded_at, withdrawal_reason) SELECT m.branch_id,"
            " m.person_id, 'self', 'x', '', '2024-03-01', '2024-03-01', 2024, r.id, 13, 13 * r.hours, {other}, now(),"
            " '' FROM partybranch_membership m, partybranch_hourrule r WHERE r.unit = 'self_hour' AND"
            " m.withdrawn_at IS NULL AND m.ends_on IS NULL"
        ),
    ),
    "event called off to which people came": (
        (
            "UPDATE partybranch_lifeevent e SET state = 'cancelled', cancelled_reason = 'x' WHERE e.state = 'noticed'"
            " AND EXISTS (SELECT 1 FROM partybranch_attendance a WHERE a.event_id = e.id AND a.status = 'present')"
        ),
    ),
}
