namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The customer's own object, and the fields that AI pipelines write.</summary>
internal static class CustomFields
{
    /// <remarks>Its add-ons depend on its plan: a restricted dependent picklist with <c>validFor</c> (contract section 4).</remarks>
    public const string Subscriptions = """
        Id|id|Record ID|DFSGAI
        OwnerId|reference|Owner ID|CUDFSGA|to=Group,User|rel=Owner|poly
        IsDeleted|boolean|Deleted|DFSG
        Name|string 80|Subscription Name|CUNDFSGAI|name
        @system
        LastActivityDate|date|Last Activity Date|NFSGA
        Account__c|reference|Account|CUNFSGAP|to=Account|rel=Account__r|pre|kids=Subscriptions__r
        Number__c|string 20|Number|CUNFSGAIXQP
        Status__c|picklist 255|Status|CUNFSGARP|picks=active:Active*,paused:Paused,ended:Ended
        Plan__c|picklist 255|Plan|CUNFSGARP|picks=Basic,Team,Enterprise
        Add_On__c|picklist 255|Add-On|CUNFSGARP|ctl=Plan__c|picks=Backup/0 1 2,Analytics/1 2,Single Sign-On/2
        Channels__c|multipicklist 4099|Channels|CUNFP|picks=Web,Phone,Partner,Event
        Monthly_Value__c|currency 16.2|Monthly Value|CUNFSAP
        Renewal__c|date|Renewal|CUNFSGAP
        Support_Opens__c|time|Support Opens|CUNFSAP
        """;

    public const string Ai = """
        AI_Qualification_Score__c|double 3.0|AI Qualification Score|CUNFSAP
        AI_Qualification_Rationale__c|textarea 32768|AI Qualification Rationale|CUNP|extra=plaintextarea
        AI_Recommended_Playbook__c|picklist 255|AI Recommended Playbook|CUNFSGARP|picks=call_now:Call now,email_sequence:E-mail sequence,nurture:Nurture,event_invite:Event invitation,account_plan:Account plan,disqualify:Disqualify
        AI_Last_Updated__c|datetime|AI Last Updated|CUNFSAP
        AI_Source_Pipeline__c|string 255|AI Source Pipeline|CUNFSGAP
        Liaison_Key__c|string 64|Liaison Key|CUNFSGAIXQP
        """;
}
