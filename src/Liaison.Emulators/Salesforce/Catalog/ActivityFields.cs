namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of tasks and events; the two share most, since both are activities (contract section 12).</summary>
internal static class ActivityFields
{
    public const string Shared = """
        WhoId|reference|Name ID|CUNFSGA|to=Contact,Lead|rel=Who|poly|pre|kids=*,cascade
        WhatId|reference|Related To ID|CUNFSGA|to=Account,Case,Opportunity,Subscription__c|rel=What|poly|pre|kids=*,cascade
        Subject|combobox 255|Subject|CUNFSGAP|picks=Call,Email,Meeting,Send Letter/Quote,Other
        """;

    public const string Tasks = """
        Id|id|Activity ID|DFSGAI
        @shared
        ActivityDate|date|Due Date Only|CUNFSGAP
        Status|picklist 255|Status|CUDFSGA|picks=Not Started*,In Progress,Completed,Waiting on someone else,Deferred
        Priority|picklist 255|Priority|CUDFSGA|picks=High,Normal*,Low
        IsHighPriority|boolean|High Priority|DFSG
        OwnerId|reference|Assigned To ID|CUDFSGA|to=Group,User|rel=Owner|poly
        Description|textarea 32000|Description|CUNP|extra=plaintextarea
        IsDeleted|boolean|Deleted|DFSG
        AccountId|reference|Account ID|NFSGA|to=Account|rel=Account|pre
        IsClosed|boolean|Closed|DFSG
        @system
        IsArchived|boolean|Archived|DFSG
        CallDurationInSeconds|int 8|Call Duration|CUNFSGAP
        CallType|picklist 40|Call Type|CUNFSGARP|picks=Internal,Inbound,Outbound
        CallDisposition|string 255|Call Result|CUNFSGAP
        TaskSubtype|picklist 40|Task Subtype|CNFSGAR|picks=Task*,Email,ListEmail,Cadence,Call,LinkedIn
        CompletedDateTime|datetime|Completed Date|NFSA
        """;

    public const string Events = """
        Id|id|Activity ID|DFSGAI
        @shared
        Location|string 255|Location|CUNFSGAP
        IsAllDayEvent|boolean|All-Day Event|CUDFSG
        ActivityDateTime|datetime|Due Date Time|CUNFSA
        ActivityDate|date|Due Date Only|CUNFSGA
        DurationInMinutes|int 8|Duration|CUNFSGA
        StartDateTime|datetime|Start Date Time|CUNFSA
        EndDateTime|datetime|End Date Time|CUNFSA
        EndDate|date|End Date|NFSGA
        Description|textarea 32000|Description|CUNP|extra=plaintextarea
        AccountId|reference|Account ID|NFSGA|to=Account|rel=Account|pre
        OwnerId|reference|Assigned To ID|CUDFSGA|to=User|rel=Owner
        IsPrivate|boolean|Private|CUDFSGP
        ShowAs|picklist 40|Show Time As|CUNDFSGARP|picks=Busy*,OutOfOffice:Out of Office,Free
        IsDeleted|boolean|Deleted|DFSG
        @system
        IsArchived|boolean|Archived|DFSG
        EventSubtype|picklist 40|Event Subtype|CNFSGAR|picks=Event*
        """;
}
