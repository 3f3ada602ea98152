"""Everything that the first journeys keep"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "echoes",
        sa.Column("words_index", sa.LargeBinary(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("words_index", name=op.f("pk_echoes")),
    )
    with op.batch_alter_table("echoes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_echoes_heard_at"), ["heard_at"], unique=False)

    op.create_table(
        "holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holidays")),
    )
    with op.batch_alter_table("holidays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holidays_year"), ["year"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_inbox_channel_external_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_state_id", ["state", "id"], unique=False)

    op.create_table(
        "occurrences",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("local_slot", sa.Text(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("struck_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job", "local_slot", name=op.f("pk_occurrences")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=True),
        sa.Column("lessons_stopped_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("path", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place_code", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_units_parent_id_name")),
        sa.UniqueConstraint("path", name=op.f("uq_units_path")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_name"), ["name"], unique=False)
        batch_op.create_index(
            "uq_units_top_name",
            ["name"],
            unique=True,
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )

    op.create_table(
        "wrong_codes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_codes")),
    )
    with op.batch_alter_table("wrong_codes", schema=None) as batch_op:
        batch_op.create_index("ix_wrong_codes_address_at", ["address_index", "at"], unique=False)

    op.create_table(
        "addresses",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("came_by_link", sa.Boolean(), nullable=False),
        sa.Column("suspended_at", sa.BigInteger(), nullable=True),
        sa.Column("suspended_for", sa.Text(), nullable=True),
        sa.Column("suspended_until", sa.BigInteger(), nullable=True),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("failed_letter", sa.Text(), nullable=True),
        sa.Column("suspect_at", sa.BigInteger(), nullable=True),
        sa.Column("suspect_for", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_for", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_addresses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    with op.batch_alter_table("addresses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addresses_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_addresses_value_index", ["value_index"], unique=False)
        batch_op.create_index(
            "ix_addresses_resting",
            ["suspended_until"],
            unique=False,
            sqlite_where=sa.text("suspended_until IS NOT NULL"),
            postgresql_where=sa.text("suspended_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_addresses_suspect",
            ["suspect_at"],
            unique=False,
            sqlite_where=sa.text("suspect_at IS NOT NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("suspect_at IS NOT NULL AND ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_addresses_in_use",
            ["value_index"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND verified_at IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND verified_at IS NOT NULL"),
        )

    op.create_table(
        "campaigns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("planned_for", sa.BigInteger(), nullable=False),
        sa.Column("at_any_hour", sa.Boolean(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("listed_to", sa.Text(), nullable=False),
        sa.Column("listed_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_campaigns_approved_by")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_campaigns_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_campaigns_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaigns_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_planned_for"), ["planned_for"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaigns_state"), ["state"], unique=False)

    op.create_table(
        "choices",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("outbox_id", sa.Text(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("act", sa.LargeBinary(), nullable=True),
        sa.Column("campaign_id", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_choices_campaign_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_choices_person_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_choices")),
    )
    with op.batch_alter_table("choices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_choices_address_chosen_by_nth", ["address_index", "chosen_by", "nth"], unique=False
        )
        batch_op.create_index("ix_choices_address_nth", ["address_index", "nth"], unique=False)
        batch_op.create_index(batch_op.f("ix_choices_outbox_id"), ["outbox_id"], unique=False)

    op.create_table(
        "consents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "dialogues",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("awaits", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dialogues_person_id")),
        sa.PrimaryKeyConstraint("person_id", "channel", name=op.f("pk_dialogues")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_invitations_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invitations_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "number_claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("vouched_by", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_for", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_number_claims_person_id")),
        sa.ForeignKeyConstraint(["vouched_by"], ["people.id"], name=op.f("fk_number_claims_vouched_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_claims")),
    )
    with op.batch_alter_table("number_claims", schema=None) as batch_op:
        batch_op.create_index("ix_number_claims_person_made", ["person_id", "made_at"], unique=False)
        batch_op.create_index("ix_number_claims_value_made", ["value_index", "made_at"], unique=False)

    op.create_table(
        "members",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("unit_path", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("liaison_id", sa.Text(), nullable=True),
        sa.Column("whereabouts", sa.Text(), nullable=False),
        sa.Column("place_code", sa.Text(), nullable=False),
        sa.Column("zones", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("employer", sa.LargeBinary(), nullable=True),
        sa.Column("job", sa.LargeBinary(), nullable=True),
        sa.Column("industry", sa.Text(), server_default="unknown", nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("family_phone", sa.LargeBinary(), nullable=True),
        sa.Column("out_since", sa.Date(), nullable=True),
        sa.Column("dues_until", sa.Date(), nullable=True),
        sa.Column("joined_party_on", sa.Date(), nullable=True),
        sa.Column("quiet_until", sa.Date(), nullable=True),
        sa.Column("quiet_reason", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.Column("last_contact_at", sa.BigInteger(), nullable=False),
        sa.Column("last_contact_kind", sa.Text(), nullable=False),
        sa.Column("due_from", sa.BigInteger(), nullable=False),
        sa.Column("late_after", sa.BigInteger(), nullable=False),
        sa.Column("silent_after", sa.BigInteger(), nullable=False),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("reported_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "heard_on",
            sa.BigInteger(),
            sa.Computed("(last_contact_at + 28800000000) / 86400000000", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["liaison_id"], ["people.id"], name=op.f("fk_members_liaison_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_members_unit_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index("ix_members_unit_path", ["unit_path", "person_id"], unique=False)
        batch_op.create_index("ix_members_liaison_id", ["liaison_id", "person_id"], unique=False)
        batch_op.create_index(
            "ix_members_silent",
            ["silent_after", "heard_on", "unit_path", "person_id"],
            unique=False,
            sqlite_where=sa.text("whereabouts = 'out'"),
            postgresql_where=sa.text("whereabouts = 'out'"),
        )
        batch_op.create_index(
            "ix_members_place",
            ["place_code", "silent_after", "heard_on", "unit_path", "person_id"],
            unique=False,
            sqlite_where=sa.text("whereabouts = 'out'"),
            postgresql_where=sa.text("whereabouts = 'out'"),
        )
        batch_op.create_index(
            "ix_members_to_remind",
            ["due_from", "person_id"],
            unique=False,
            sqlite_where=sa.text("whereabouts = 'out' AND reported_at IS NULL AND reminded_at IS NULL"),
            postgresql_where=sa.text("whereabouts = 'out' AND reported_at IS NULL AND reminded_at IS NULL"),
        )
        batch_op.create_index(
            "ix_members_reminded",
            ["late_after", "person_id"],
            unique=False,
            sqlite_where=sa.text("whereabouts = 'out' AND reported_at IS NULL AND reminded_at IS NOT NULL"),
            postgresql_where=sa.text("whereabouts = 'out' AND reported_at IS NULL AND reminded_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_members_reported",
            ["reported_at"],
            unique=False,
            sqlite_where=sa.text("reported_at IS NOT NULL"),
            postgresql_where=sa.text("reported_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_members_figures",
            ["unit_path", "whereabouts", "place_code", "industry", "out_since"],
            unique=False,
        )

    op.create_table(
        "unit_above",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("above_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "above_id", name=op.f("pk_unit_above")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("silent_after", sa.BigInteger(), nullable=False),
        sa.Column("heard_on", sa.BigInteger(), nullable=False),
        sa.Column("late_after", sa.BigInteger(), nullable=False),
        sa.Column("due_from", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "unit_id",
            "silent_after",
            "heard_on",
            "late_after",
            "due_from",
            "writer",
            name=op.f("pk_tallies"),
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tallies_unfolded",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("writer <> 0 OR n = 0"),
            postgresql_where=sa.text("writer <> 0 OR n = 0"),
        )
    op.create_table(
        "place_tallies",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("place_code", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("silent_after", sa.BigInteger(), nullable=False),
        sa.Column("heard_on", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "unit_id", "place_code", "silent_after", "heard_on", "writer", name=op.f("pk_place_tallies")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("place_tallies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_place_tallies_unfolded",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("writer <> 0 OR n = 0"),
            postgresql_where=sa.text("writer <> 0 OR n = 0"),
        )

    op.create_table(
        "offices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["granted_by"], ["people.id"], name=op.f("fk_offices_granted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_offices_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_offices_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
    )
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offices_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offices_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_offices_held",
            ["person_id", "role", "unit_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "changes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.LargeBinary(), nullable=True),
        sa.Column("new", sa.LargeBinary(), nullable=True),
        sa.Column("old_place", sa.Text(), nullable=False),
        sa.Column("new_place", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_changes_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.person_id"], name=op.f("fk_changes_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_member_at", ["member_id", "at"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_contacts_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.person_id"], name=op.f("fk_contacts_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index("ix_contacts_member_at", ["member_id", "at"], unique=False)

    op.create_table(
        "campaign_recipients",
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=True),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("next_step_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_recipients_campaign_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_campaign_recipients_person_id")),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_campaign_recipients")),
    )
    with op.batch_alter_table("campaign_recipients", schema=None) as batch_op:
        batch_op.create_index(
            "ix_campaign_recipients_waiting",
            ["campaign_id", "zone", "person_id"],
            unique=False,
            sqlite_where=sa.text("step = 'waiting'"),
            postgresql_where=sa.text("step = 'waiting'"),
        )
        batch_op.create_index(
            "ix_campaign_recipients_next_step",
            ["next_step_at", "campaign_id"],
            unique=False,
            sqlite_where=sa.text("next_step_at IS NOT NULL"),
            postgresql_where=sa.text("next_step_at IS NOT NULL"),
        )
        batch_op.create_index("ix_campaign_recipients_person", ["person_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("campaign_id", sa.Text(), nullable=True),
        sa.Column("address_id", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("raised", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("unasked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_tasks_address_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_tasks_campaign_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_tasks_closed_by")),
        sa.ForeignKeyConstraint(["member_id"], ["members.person_id"], name=op.f("fk_tasks_member_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_tasks_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index("ix_tasks_member", ["member_id", "campaign_id"], unique=False)
        batch_op.create_index("ix_tasks_address", ["address_id"], unique=False)
        batch_op.create_index(
            "ix_tasks_open",
            ["owner_id", "opened_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_tasks_untold",
            ["owner_id", "campaign_id", "given_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL AND told_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL AND told_at IS NULL"),
        )
        batch_op.create_index(
            "ix_tasks_unasked",
            ["owner_id", "unasked_at"],
            unique=False,
            sqlite_where=sa.text("unasked_at IS NOT NULL"),
            postgresql_where=sa.text("unasked_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tasks_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
    op.create_table(
        "campaign_progress",
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_progress_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_progress")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("catch_up_days", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_series_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_series_state"), ["state"], unique=False)

    op.create_table(
        "series_lessons",
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=True),
        sa.Column("skipped_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_series_lessons_campaign_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_series_lessons_series_id")),
        sa.PrimaryKeyConstraint("series_id", "nth", name=op.f("pk_series_lessons")),
    )
    with op.batch_alter_table("series_lessons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_lessons_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "series_members",
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_series_members_person_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_series_members_series_id")),
        sa.PrimaryKeyConstraint("series_id", "person_id", name=op.f("pk_series_members")),
    )
    with op.batch_alter_table("series_members", schema=None) as batch_op:
        batch_op.create_index("ix_series_members_next", ["series_id", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_series_members_person_id"), ["person_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.Column("campaign_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("address_id", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=True),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_outbox_address_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_outbox_campaign_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_outbox_idempotency_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_cause", ["cause"], unique=False)
        batch_op.create_index(
            "ix_outbox_provider_id",
            ["provider_id"],
            unique=False,
            sqlite_where=sa.text("channel = 'sms' AND provider_id IS NOT NULL"),
            postgresql_where=sa.text("channel = 'sms' AND provider_id IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_outbox_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_state_channel_priority", ["state", "channel", "priority", "id"], unique=False
        )

    op.create_table(
        "viewings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.person_id"], name=op.f("fk_viewings_member_id")),
        sa.ForeignKeyConstraint(["viewer_id"], ["people.id"], name=op.f("fk_viewings_viewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewings")),
    )
    with op.batch_alter_table("viewings", schema=None) as batch_op:
        batch_op.create_index("ix_viewings_member_at", ["member_id", "at"], unique=False)

    op.create_table(
        "sent_rosters",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("file_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sent_rosters_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_rosters")),
    )
    with op.batch_alter_table("sent_rosters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_rosters_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_sent_rosters_report", ["report"], unique=False)
        batch_op.create_index("ix_sent_rosters_state_due", ["state", "not_before"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("series_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_members_person_id"))
        batch_op.drop_index("ix_series_members_next")

    op.drop_table("series_members")
    with op.batch_alter_table("series_lessons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_lessons_campaign_id"))

    op.drop_table("series_lessons")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_state"))
        batch_op.drop_index(batch_op.f("ix_series_made_by"))

    op.drop_table("series")
    op.drop_table("campaign_progress")
    with op.batch_alter_table("sent_rosters", schema=None) as batch_op:
        batch_op.drop_index("ix_sent_rosters_state_due")
        batch_op.drop_index("ix_sent_rosters_report")
        batch_op.drop_index(batch_op.f("ix_sent_rosters_person_id"))

    op.drop_table("sent_rosters")
    with op.batch_alter_table("viewings", schema=None) as batch_op:
        batch_op.drop_index("ix_viewings_member_at")

    op.drop_table("viewings")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_state_channel_priority")
        batch_op.drop_index(batch_op.f("ix_outbox_person_id"))
        batch_op.drop_index("ix_outbox_provider_id")
        batch_op.drop_index("ix_outbox_cause")

    op.drop_table("outbox")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_tasks_due")
        batch_op.drop_index("ix_tasks_unasked")
        batch_op.drop_index("ix_tasks_untold")
        batch_op.drop_index("ix_tasks_open")
        batch_op.drop_index("ix_tasks_address")
        batch_op.drop_index("ix_tasks_member")

    op.drop_table("tasks")
    with op.batch_alter_table("campaign_recipients", schema=None) as batch_op:
        batch_op.drop_index("ix_campaign_recipients_person")
        batch_op.drop_index("ix_campaign_recipients_next_step")
        batch_op.drop_index("ix_campaign_recipients_waiting")

    op.drop_table("campaign_recipients")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_contacts_member_at")

    op.drop_table("contacts")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_member_at")

    op.drop_table("changes")
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.drop_index("uq_offices_held")
        batch_op.drop_index(batch_op.f("ix_offices_unit_id"))
        batch_op.drop_index(batch_op.f("ix_offices_person_id"))

    op.drop_table("offices")
    with op.batch_alter_table("place_tallies", schema=None) as batch_op:
        batch_op.drop_index("ix_place_tallies_unfolded")

    op.drop_table("place_tallies")
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.drop_index("ix_tallies_unfolded")

    op.drop_table("tallies")
    op.drop_table("unit_above")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index("ix_members_reported")
        batch_op.drop_index("ix_members_reminded")
        batch_op.drop_index("ix_members_to_remind")
        batch_op.drop_index("ix_members_place")
        batch_op.drop_index("ix_members_silent")
        batch_op.drop_index("ix_members_liaison_id")
        batch_op.drop_index("ix_members_unit_path")
        batch_op.drop_index("ix_members_figures")

    op.drop_table("members")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_person_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("number_claims", schema=None) as batch_op:
        batch_op.drop_index("ix_number_claims_value_made")
        batch_op.drop_index("ix_number_claims_person_made")

    op.drop_table("number_claims")
    op.drop_table("dialogues")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_person_id"))

    op.drop_table("consents")
    with op.batch_alter_table("choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_choices_outbox_id"))
        batch_op.drop_index("ix_choices_address_nth")

    op.drop_table("choices")
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaigns_state"))
        batch_op.drop_index(batch_op.f("ix_campaigns_planned_for"))
        batch_op.drop_index(batch_op.f("ix_campaigns_made_by"))

    op.drop_table("campaigns")
    with op.batch_alter_table("addresses", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_addresses_in_use",
            sqlite_where=sa.text("ended_at IS NULL AND verified_at IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND verified_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_addresses_suspect")
        batch_op.drop_index("ix_addresses_resting")
        batch_op.drop_index("ix_addresses_value_index")
        batch_op.drop_index(batch_op.f("ix_addresses_person_id"))

    op.drop_table("addresses")
    with op.batch_alter_table("wrong_codes", schema=None) as batch_op:
        batch_op.drop_index("ix_wrong_codes_address_at")

    op.drop_table("wrong_codes")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_units_top_name",
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_units_name"))

    op.drop_table("units")
    op.drop_table("people")
    op.drop_table("occurrences")
    with op.batch_alter_table("echoes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_echoes_heard_at"))

    op.drop_table("echoes")
    with op.batch_alter_table("holidays", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holidays_year"))

    op.drop_table("holidays")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_state_id")

    op.drop_table("inbox")
