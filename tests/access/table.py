"""Who gets what at every address of the product: the table that `test_every_url` asks page by page.

HOW TO ADD A LINE (a new address without one fails `test_every_address_has_a_line`):

    name of the address      who may                      GET  POST  other

- who may: a permission of PERMISSIONS below; several joined by `|` when one of them is enough (where all are needed,
  name the one that fewest roles hold); `everybody` for whoever is logged in; `public` for strangers too.
- GET and POST: the code who may gets there, on a record this person may see, with an empty form. HEAD answers like
  GET. `405` is written `-`: the address does not answer that method.
- other: the code for a record that exists and belongs to a colleague alone, `-` when such records do not exist there.
  `role=code` after it names a role that gets another code than the rest.

Everything else follows: who may not gets 403 whatever the record and the method, a number that no record has gives
404 (addresses with a number only), PUT, PATCH, DELETE and OPTIONS give 405, strangers go to the log-in page.

A new kind of record needs a line in `records.py`; a new permission a line in PERMISSIONS.
"""

TABLE = """
office:start                    everybody                       200  -    -
office:search                   everybody                       200  -    -
office:work_count               everybody                       200  -    -
office:months                   office.view_period              200  -    -
office:month                    office.view_period              200  -    -
office:month_submit             office.close_period             -    302  -
office:month_confirm            office.confirm_period           -    302  -
office:month_return             office.confirm_period           -    302  -
office:settings                 office.manage_settings          200  -    -
office:organisation             office.manage_settings          200  200  -
office:setting                  office.manage_settings          200  200  -
office:awake                    everybody                       204  -    -
office:favicon                  public                          302  -    -
office:live                     public                          200  -    -
office:ready                    public                          200  -    -

accounts:login                  public                          302  200  -
accounts:unlock                 public                          -    422  -
accounts:first_start            public                          404  404  -
accounts:first_start_step       public                          404  404  -
accounts:logout                 everybody                       -    302  -
accounts:second_factor_check    everybody                       200  200  -
accounts:own                    everybody                       200  -    -
accounts:large_text             everybody                       -    302  -
accounts:password               everybody                       200  200  -
accounts:second_factor          everybody                       200  -    -
accounts:second_factor_app      everybody                       200  200  -
accounts:second_factor_sheet    everybody                       -    200  -
accounts:posts                  accounts.view_posts             200  -    -
accounts:list                   accounts.manage_people          200  -    -
accounts:create                 accounts.manage_people          200  200  -
accounts:detail                 accounts.manage_people          200  -    -
accounts:update                 accounts.manage_people          200  200  -
accounts:deactivate             accounts.manage_people          200  200  -
accounts:reactivate             accounts.manage_people          200  200  -
accounts:one_time_password      accounts.manage_people          200  200  -
accounts:reset_second_factor    accounts.manage_people          200  200  -
accounts:grant_role             accounts.manage_people          -    422  -
accounts:end_role               accounts.manage_people          200  200  404

audit:list                      audit.view_entry|audit.view_account_entries|audit.view_party_entries  200  -  -
audit:export                    audit.export_entry              200  -    -

files:download                  everybody                       200  -    404
files:thumbnail                 everybody                       200  -    404
files:large                     everybody                       200  -    404

jobs:list                       everybody                       200  -    -
jobs:detail                     everybody                       200  -    404  administrator=200
jobs:retry                      everybody                       -    302  404  administrator=302
jobs:cancel                     everybody                       -    302  404  administrator=302

imports:list                    imports.view_import|partybranch.view_person  200  -  -
imports:create                  imports.add_import              200  200  -
imports:create_for              imports.add_import|partybranch.record_membership  200  200  404
imports:template                partybranch.record_membership   200  -    404
imports:detail                  imports.view_import|partybranch.view_person  200  -  404
imports:plan                    imports.add_import|partybranch.record_membership  302  302  404
imports:progress                imports.view_import|partybranch.view_person  302  -  404
imports:rejected                imports.view_import|partybranch.view_person  200  -  404
imports:rejected_export         imports.view_import|partybranch.view_person  200  -  404
imports:doubts                  imports.add_import|partybranch.record_membership  200  302  404
imports:answer                  imports.add_import|partybranch.record_membership  -  302  404
imports:submit                  imports.add_import|partybranch.record_membership  -  302  404
imports:take_in                 imports.confirm_import|partybranch.record_membership  -  302  404
imports:discard                 imports.add_import|partybranch.record_membership  -  302  404
imports:confirm                 imports.confirm_import|partybranch.record_membership  -  302  404
imports:return                  imports.confirm_import|partybranch.record_membership  -  302  404
imports:undo                    partybranch.withdraw_record     -    302  404
imports:resume                  imports.add_import|imports.confirm_import|partybranch.record_membership  -  302  404

reports:list                    reports.view_report             200  -    -
reports:create                  reports.make_report             200  200  -
reports:detail                  reports.view_report             200  -    -
reports:mark_checked            reports.check_report            -    302  -
reports:issue                   reports.issue_report            -    302  -
reports:papers                  partybranch.view_person         200  -    -
reports:paper                   partybranch.view_person         200  -    -
reports:paper_create            partybranch.view_person         -    404  -
reports:check                   public                          200  -    -

donations:list                  donations.view_donation         200  -    -
donations:totals                donations.view_donation         200  -    -
donations:create                donations.add_donation          200  200  -
donations:income_create         donations.record_income         200  200  -
donations:income_update         donations.record_income         200  200  -
donations:bulk_review           donations.review_donation       200  302  -
donations:export                donations.export_donations      200  -    -
donations:order_list            donations.view_donation         200  -    -
donations:order_export          donations.export_donations      200  -    -
donations:lookup                donations.view_donation         200  -    -
donations:donor_suggest         donations.view_donor            -    200  -
donations:donor_list            donations.view_donor            200  -    -
donations:donor_create          donations.add_donor             200  200  -
donations:donor_detail          donations.view_donor            200  -    -
donations:donor_totals          donations.view_donor            200  -    -
donations:donor_update          donations.change_donor          200  200  -
donations:donor_reveal          donations.view_personal_data    -    200  -
donations:fund_list             donations.view_fund             200  -    -
donations:fund_create           donations.add_fund              200  200  -
donations:fund_detail           donations.view_fund             200  -    -
donations:fund_update           donations.change_fund           200  200  -
donations:fund_retire           donations.change_fund           -    302  -
donations:fund_resume           donations.change_fund           -    302  -
donations:campaign_list         donations.view_campaign         200  -    -
donations:campaign_create       donations.add_campaign          200  200  -
donations:campaign_detail       donations.view_campaign         200  -    -
donations:campaign_update       donations.change_campaign       200  200  -
donations:kind_list             donations.view_donation         200  -    -
donations:kind_detail           donations.view_donation         200  -    -
donations:kind_rule_create      donations.add_incomekindrule    200  200  -
donations:reversals             donations.view_donation         200  -    -
donations:reversal_decide       donations.approve_reversal      -    302  -
donations:detail                donations.view_donation         200  -    -
donations:attach                donations.add_donation|donations.record_arrival  -  422  -
donations:update                donations.change_donation       200  200  -
donations:slip                  donations.view_donation         200  -    -
donations:slip_print            donations.add_donation          -    302  -
donations:review                donations.review_donation       -    302  -
donations:return                donations.review_donation       -    302  -
donations:void                  donations.void_donation         -    302  -
donations:arrive                donations.record_arrival        -    302  -
donations:bounce                donations.record_arrival        -    302  -
donations:reverse               donations.request_reversal      -    302  -

partybranch:roll                partybranch.view_person         200  -    -
partybranch:export              partybranch.export_roll         200  -    -
partybranch:medal               partybranch.view_person         200  -    -
partybranch:own                 everybody                       404  -    -
partybranch:person_create       partybranch.record_membership   200  200  -
partybranch:person_detail       partybranch.view_person         200  -    -
partybranch:person_update       partybranch.record_membership   200  200  -
partybranch:person_reveal       partybranch.view_personal_data  -    200  -
partybranch:person_stage        partybranch.record_membership   200  200  -
partybranch:person_transfer_in  partybranch.record_membership   200  200  -
partybranch:person_transfer_out  partybranch.record_membership  200  200  -
partybranch:person_circumstance  partybranch.record_membership  200  200  -
partybranch:person_term         partybranch.record_membership   200  200  -
partybranch:person_standing     partybranch.record_membership   200  200  -
partybranch:row_end             partybranch.record_membership   -    302  -
partybranch:row_withdraw        partybranch.withdraw_record     -    302  -
partybranch:files               partybranch.view_person         200  -    -
partybranch:life_list           partybranch.view_person         200  -    -
partybranch:life_export         partybranch.export_roll         200  -    -
partybranch:life_create         partybranch.record_membership   200  200  -
partybranch:life_detail         partybranch.view_person         200  -    -
partybranch:life_update         partybranch.record_membership   200  200  -
partybranch:life_notice         partybranch.record_membership   -    302  -
partybranch:life_attendance     partybranch.record_membership   200  302  -
partybranch:life_call_off       partybranch.record_membership   -    302  -
partybranch:life_renew          partybranch.record_membership   302  302  -
partybranch:sheet               partybranch.record_membership   200  200  -
partybranch:sheet_open          partybranch.record_membership   302  -    -
partybranch:life_relay          partybranch.record_membership   200  200  -
partybranch:observer_create     partybranch.record_membership   200  200  -
partybranch:observer_withdraw   partybranch.record_membership   -    302  -
partybranch:make_up_list        partybranch.view_person         200  -    -
partybranch:make_up_create      partybranch.record_membership   200  200  -
partybranch:make_up_withdraw    partybranch.withdraw_record     -    302  -
partybranch:life_past           partybranch.record_membership   200  200  -
partybranch:life_past_list      partybranch.record_membership   200  -    -
partybranch:life_together       partybranch.record_membership   200  200  -
partybranch:life_record         partybranch.record_membership   200  200  -
partybranch:life_file           partybranch.record_membership   -    302  -
partybranch:life_pictures       partybranch.record_membership   -    422  -
partybranch:picture_turn        partybranch.record_membership   -    302  -
partybranch:picture_remove      partybranch.record_membership   200  302  -
partybranch:life_addendum       partybranch.record_membership   -    302  -
partybranch:vote_choose         partybranch.record_membership   200  -    -
partybranch:vote_create         partybranch.record_membership   200  200  -
partybranch:vote_withdraw       partybranch.withdraw_record     -    302  -
partybranch:vote_rules          partybranch.view_person         200  -    -
partybranch:vote_rule_create    partybranch.withdraw_record     200  200  -
partybranch:honour_list         partybranch.view_person         200  -    -
partybranch:honour_create       partybranch.record_membership   200  200  -
partybranch:honour_timeline     partybranch.view_person         200  -    -
partybranch:honour_export       partybranch.export_roll         200  -    -
partybranch:honour_detail       partybranch.view_person         200  -    -
partybranch:honour_scans        partybranch.record_membership   -    422  -
partybranch:honour_withdraw     partybranch.withdraw_record     -    302  -
partybranch:honour_revoke       partybranch.record_membership   -    302  -
partybranch:honour_move         partybranch.record_membership   -    302  -
partybranch:honour_dossier      partybranch.record_membership   200  200  -
partybranch:honour_cite         partybranch.record_membership   200  200  -
partybranch:dossier_withdraw    partybranch.withdraw_record     -    302  -
partybranch:citation_withdraw   partybranch.withdraw_record     -    302  -
partybranch:register_list       partybranch.view_person         200  -    -
partybranch:register_create     partybranch.record_membership   200  200  -
partybranch:register_export     partybranch.export_roll         200  -    -
partybranch:register_detail     partybranch.view_person         200  -    -
partybranch:register_scans      partybranch.record_membership   -    422  -
partybranch:register_withdraw   partybranch.withdraw_record     -    302  -
partybranch:exam_list           partybranch.view_person         200  -    -
partybranch:exam_create         partybranch.record_membership   200  200  -
partybranch:exam_detail         partybranch.view_person         200  -    -
partybranch:exam_update         partybranch.record_membership   200  200  -
partybranch:exam_close          partybranch.record_membership   -    302  -
partybranch:exam_call_off       partybranch.record_membership   -    302  -
partybranch:exam_results        partybranch.record_membership   200  302  -
partybranch:exam_oral           partybranch.view_person         200  -    -
partybranch:exam_draw           partybranch.record_membership   -    302  -
partybranch:exam_screen         partybranch.view_person         200  -    -
partybranch:result_withdraw     partybranch.withdraw_record     -    302  -
partybranch:draw_detail         partybranch.record_membership   200  200  -
partybranch:draw_reveal         partybranch.record_membership   -    302  -
partybranch:draw_withdraw       partybranch.withdraw_record     -    302  -
partybranch:bank_list           partybranch.view_person         200  -    -
partybranch:bank_create         partybranch.record_membership   200  200  -
partybranch:bank_detail         partybranch.view_person         200  -    -
partybranch:bank_update         partybranch.record_membership   200  200  -
partybranch:bank_question       partybranch.record_membership   200  200  -
partybranch:bank_paste          partybranch.record_membership   200  200  -
partybranch:question_detail     partybranch.view_person         200  -    -
partybranch:question_correct    partybranch.record_membership   200  200  -
partybranch:question_withdraw   partybranch.record_membership   -    302  -
partybranch:branch_list         partybranch.view_person         200  -    -
partybranch:branch_create       partybranch.record_membership   200  200  -
partybranch:branch_detail       partybranch.view_person         200  -    -
partybranch:branch_update       partybranch.record_membership   200  200  -
partybranch:branch_withdraw     partybranch.withdraw_record     -    302  -
partybranch:body_withdraw       partybranch.withdraw_record     -    302  -
partybranch:body_create         partybranch.record_membership   200  200  -
partybranch:body_dissolve       partybranch.record_membership   -    302  -
partybranch:glance              partybranch.view_person         200  -    -
partybranch:warning_list        partybranch.view_warnings       200  200  -
partybranch:calendar            partybranch.view_person         200  -    -
partybranch:calendar_make       partybranch.view_person         -    200  -
partybranch:calendar_withdraw   partybranch.view_person         -    302  -
partybranch:calendar_file       partybranch.view_person         200  -    -
partybranch:feed                public                          200  -    -
partybranch:requirement_list    partybranch.view_person         200  -    -
partybranch:requirement_create  partybranch.record_requirement  200  200  -
partybranch:requirement_end     partybranch.record_requirement  -    302  -
partybranch:requirement_withdraw  partybranch.record_requirement  -  302  -
partybranch:study                 partybranch.view_person         200  -    -
partybranch:study_confirm         partybranch.withdraw_record     -    302  -
partybranch:study_hours           partybranch.view_person         200  -    -
partybranch:study_hour_rule       partybranch.withdraw_record     200  200  -
partybranch:study_hour_target     partybranch.withdraw_record     200  200  -
partybranch:learning_detail       partybranch.view_person         200  -    -
partybranch:learning_confirm      partybranch.withdraw_record     -    302  -
partybranch:learning_withdraw     partybranch.withdraw_record     -    302  -
partybranch:learning_pictures     partybranch.record_membership   -    302  -
partybranch:study_occasion        partybranch.view_person         200  -    -
partybranch:study_occasion_withdraw  partybranch.withdraw_record  -    302  -
partybranch:duty_link             partybranch.record_membership   -    302  -
partybranch:duty_withdraw         partybranch.withdraw_record     -    302  -
partybranch:self_study            partybranch.record_membership   200  200  -
partybranch:course                partybranch.record_membership   200  200  -
partybranch:lecture               partybranch.record_membership   200  200  -
partybranch:life_credit           partybranch.record_membership   200  200  -
partybranch:person_study          partybranch.view_person         200  -    -
partybranch:own_study             everybody                       404  -    -
partybranch:plan_create           partybranch.record_membership   200  200  -
partybranch:study_plan            partybranch.view_person         200  -    -
partybranch:study_plan_update     partybranch.record_membership   200  302  -
partybranch:study_plan_item_create  partybranch.record_membership  200  200  -
partybranch:study_plan_personal   partybranch.record_membership   -    302  -
partybranch:plan_item_update      partybranch.record_membership   200  200  -
partybranch:plan_item_drop        partybranch.record_membership   200  302  -
partybranch:personal_plan_update  partybranch.record_membership   200  302  -
partybranch:material_list         partybranch.view_person         200  -    -
partybranch:stock_create          partybranch.record_membership   200  200  -
partybranch:stock_hand_out        partybranch.record_membership   200  200  -
partybranch:material              partybranch.view_person         200  -    -
partybranch:material_purchase     partybranch.record_membership   200  200  -
partybranch:material_lend         partybranch.record_membership   200  200  -
partybranch:issue_list            partybranch.view_person         200  -    -
partybranch:issue_list_signed     partybranch.record_membership   -    302  -
partybranch:issue_line_withdraw   partybranch.withdraw_record     -    302  -
partybranch:purchase_withdraw     partybranch.withdraw_record     -    302  -
partybranch:loan_return           partybranch.record_membership   -    302  -
partybranch:loan_withdraw         partybranch.withdraw_record     -    302  -
"""

# Which roles hold which permission. A change of `role_data` must be written here too, so that it is meant.
PERMISSIONS = """
accounts.manage_people          administrator
accounts.view_posts             approver leadership auditor administrator
audit.view_entry                auditor
audit.export_entry              auditor
audit.view_account_entries      administrator
audit.view_party_entries        branch_secretary
jobs.view_all_jobs              administrator
office.view_period              accountant approver leadership auditor
office.close_period             accountant
office.confirm_period           approver
office.manage_settings          accountant approver
imports.add_import              donation_clerk accountant
imports.view_import             donation_clerk accountant approver leadership auditor
imports.confirm_import          donation_clerk accountant approver
reports.view_report             donation_clerk accountant approver leadership auditor
reports.make_report             accountant approver leadership
reports.check_report            accountant approver
reports.issue_report            leadership
donations.view_donation         donation_clerk accountant cashier approver leadership auditor
donations.add_donation          donation_clerk accountant
donations.change_donation       donation_clerk accountant
donations.review_donation       donation_clerk accountant approver
donations.void_donation         donation_clerk accountant
donations.request_reversal      donation_clerk accountant
donations.approve_reversal      approver
donations.record_arrival        accountant cashier
donations.record_income         accountant cashier
donations.export_donations      accountant approver auditor
donations.view_donor            donation_clerk accountant cashier approver leadership auditor
donations.add_donor             donation_clerk
donations.change_donor          donation_clerk accountant
donations.view_personal_data    donation_clerk accountant approver
donations.view_fund             donation_clerk accountant cashier approver leadership auditor
donations.add_fund              accountant
donations.change_fund           accountant
donations.view_campaign         donation_clerk accountant cashier approver leadership auditor
donations.add_campaign          accountant approver
donations.change_campaign       accountant approver
donations.add_incomekindrule    accountant
partybranch.view_person         branch_secretary organisation_member
partybranch.record_membership   branch_secretary organisation_member
partybranch.withdraw_record     branch_secretary
partybranch.record_requirement  branch_secretary
partybranch.view_warnings       branch_secretary
partybranch.export_roll         branch_secretary organisation_member
partybranch.view_personal_data  branch_secretary organisation_member
"""
