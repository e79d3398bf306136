namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The properties that every object type has.</summary>
internal static class SharedProperties
{
    public const string Table = """
        hs_object_id|Record ID|number|number|GROUP|ro
        hubspot_owner_id|Owner|enumeration|select|GROUP|ext=OWNER|form
        hubspot_team_id|HubSpot Team|enumeration|select|GROUP|ro|ext=
        hubspot_owner_assigneddate|Owner assigned date|datetime|date|GROUP|ro
        hs_all_owner_ids|All owner IDs|enumeration|checkbox|GROUP|ro|ext=OWNER
        hs_all_team_ids|All team IDs|enumeration|checkbox|GROUP|ro|ext=
        hs_all_accessible_team_ids|All accessible team IDs|enumeration|checkbox|GROUP|ro|ext=
        hs_all_assigned_business_unit_ids|Business units|enumeration|checkbox|GROUP|ext=
        hs_user_ids_of_all_owners|User IDs of all owners|enumeration|checkbox|GROUP|ro|ext=
        hs_user_ids_of_all_notification_followers|User IDs of all notification followers|enumeration|checkbox|GROUP|ro|ext=
        hs_user_ids_of_all_notification_unfollowers|User IDs of all notification unfollowers|enumeration|checkbox|GROUP|ro|ext=
        hs_merged_object_ids|Merged record IDs|enumeration|checkbox|GROUP|ro|ext=
        hs_created_by_user_id|Created by user ID|number|number|GROUP|ro
        hs_updated_by_user_id|Updated by user ID|number|number|GROUP|ro
        hs_object_source|Record creation source|string|text|GROUP|ro|hidden
        hs_object_source_id|Record creation source ID|string|text|GROUP|ro|hidden
        hs_object_source_label|Record source|enumeration|select|GROUP|ro|options=CRM_UI,IMPORT,INTEGRATION,FORM,API,AI
        hs_object_source_detail_1|Record source detail 1|string|text|GROUP|ro
        hs_object_source_user_id|Record creation source user ID|number|number|GROUP|ro|hidden
        hs_read_only|Read only object|bool|booleancheckbox|GROUP|ro
        hs_unique_creation_key|Unique creation key|string|text|GROUP|ro|hidden
        hs_was_imported|Performed in an import|bool|booleancheckbox|GROUP|ro
        hs_shared_team_ids|Shared teams|enumeration|checkbox|GROUP|ext=
        hs_shared_user_ids|Shared users|enumeration|checkbox|GROUP|ext=
        """;
}
