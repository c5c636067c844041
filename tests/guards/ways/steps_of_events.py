"""Steps of events of the branch that are left out: lists, votes, minutes, pictures, what comes after filing."""

from tests.guards.ways.copying import copy_of

AROUND_THE_STEPS = {
    "name added to a fixed list": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason)"
            " SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true, 'expected', ''"
            " FROM partybranch_lifeevent e WHERE e.state IN ('draft', 'cancelled')"
        ),
    ),
    "vote given after the notice": ("UPDATE partybranch_attendance SET has_vote = NOT has_vote",),
    "event touched without a change": ("UPDATE partybranch_lifeevent SET place = place WHERE state = 'noticed'",),
    "event moved to another day after the notice": (
        "UPDATE partybranch_lifeevent SET held_on = held_on - 1 WHERE state = 'noticed'",
    ),
    "filed event opened again": (
        (
            "UPDATE partybranch_lifeevent SET state = 'noticed', filed_by_id = NULL, filed_at = NULL,"
            " filed_names = NULL, sealed_parts = NULL, seal = '' WHERE state = 'filed'"
        ),
    ),
    "name kept with a filed event changed": (
        (
            "UPDATE partybranch_lifeevent SET filed_names = jsonb_set(filed_names, '{{person}}', '{{\"1\": \"x\"}}')"
            " WHERE state = 'filed'"
        ),
    ),
    "names of a filed event taken away": ("UPDATE partybranch_lifeevent SET filed_names = NULL WHERE state = 'filed'",),
    "filed event called off": (
        "UPDATE partybranch_lifeevent SET state = 'cancelled', cancelled_reason = 'x' WHERE state = 'filed'",
    ),
    "meeting filed without its facts": (
        (
            "UPDATE partybranch_lifeevent SET state = 'filed', filed_by_id = {other}, filed_at = now(),"
            " sealed_parts = '{{}}', seal = 'x' WHERE state IN ('draft', 'noticed')"
        ),
    ),
    "attendance of a filed event changed": (
        (
            "UPDATE partybranch_attendance SET status = 'absent', marked_at = now() WHERE event_id IN"
            " (SELECT id FROM partybranch_lifeevent WHERE state = 'filed')"
        ),
    ),
    "name added to a filed list": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason)"
            " SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true, 'expected', ''"
            " FROM partybranch_lifeevent e WHERE e.state = 'filed'"
        ),
    ),
    "minutes of a filed event written anew": (
        (
            "INSERT INTO partybranch_minutes (event_id, version, outcome, text, written_by_id, written_at)"
            " SELECT id, 2, 'x', 'x', {other}, now() FROM partybranch_lifeevent WHERE state = 'filed'"
        ),
    ),
    "picture of a filed event taken away": (
        (
            "UPDATE partybranch_lifepicture SET removed_at = now(), removed_by_id = {other} WHERE event_id IN"
            " (SELECT id FROM partybranch_lifeevent WHERE state = 'filed')"
        ),
    ),
    "picture added to a filed event": (
        (
            "INSERT INTO partybranch_lifepicture (event_id, kind, given_id, attachment_id, turns, caption, added_by_id,"
            " added_at) SELECT e.id, 'photo', a.id, a.id, 0, '', {other}, now() FROM partybranch_lifeevent e"
            " CROSS JOIN LATERAL (SELECT id FROM files_attachment LIMIT 1) a WHERE e.state = 'filed'"
        ),
    ),
    "addendum to what is not filed": (
        (
            "INSERT INTO partybranch_addendum (event_id, text, written_by_id, written_at)"
            " SELECT id, 'x', {other}, now() FROM partybranch_lifeevent WHERE state = 'noticed'"
        ),
    ),
    "event called back into preparation": (
        (
            "UPDATE partybranch_lifeevent SET state = 'draft', noticed_by_id = NULL, noticed_at = NULL"
            " WHERE state = 'noticed'"
        ),
    ),
    "guest renamed": ("UPDATE partybranch_observer SET guest = 'x'",),
    "withdrawn observer brought back": (
        (
            "UPDATE partybranch_observer SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "make-up moved to another day": ("UPDATE partybranch_makeup SET done_on = done_on + 1",),
    "who made it up was there after all": (
        (
            "UPDATE partybranch_attendance SET status = 'present', leave_reason = '' WHERE id IN"
            " (SELECT attendance_id FROM partybranch_makeup WHERE withdrawn_at IS NULL)"
        ),
    ),
    "result of a vote set by hand": ("UPDATE partybranch_vote SET result = 'carried', favour = 99",),
    "vote withdrawn and made another": (
        (
            "UPDATE partybranch_vote SET withdrawn_at = now(), withdrawn_by_id = {other}, withdrawal_reason = 'x',"
            " yes = yes + 1 WHERE withdrawn_at IS NULL"
        ),
    ),
    "withdrawn vote brought back": (
        (
            "UPDATE partybranch_vote SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "vote inserted without the names of its ballot": (
        copy_of("partybranch_vote", "kind = 'election'", id="900001"),
        "SET CONSTRAINTS ALL IMMEDIATE",
    ),
    "name put on a ballot that is whole": (
        (
            "INSERT INTO partybranch_votecandidate (vote_id, person_id, post, yes, no, abstain, outcome)"
            " SELECT v.id, (SELECT min(id) FROM partybranch_person), '', 1, 0, 0, 'elected' FROM partybranch_vote v"
        ),
    ),
    "somebody elected by hand": ("UPDATE partybranch_votecandidate SET outcome = 'tied'",),
    "rule of votes lowered": ("UPDATE partybranch_voterule SET carry_of = 1, carry_in = 100",),
    "attendance changed under a vote": (
        (
            "UPDATE partybranch_attendance SET status = 'absent', marked_at = now() WHERE status = 'present'"
            " AND event_id IN (SELECT event_id FROM partybranch_vote)"
        ),
    ),
    "name added to the list after the notice": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason)"
            " SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true, 'expected', ''"
            " FROM partybranch_lifeevent e WHERE e.state = 'noticed'"
        ),
    ),
}
