namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of cases.</summary>
internal static class CaseFields
{
    public const string Table = """
        Id|id|Case ID|DFSGAI
        IsDeleted|boolean|Deleted|DFSG
        MasterRecordId|reference|Master Record ID|NFSGA|to=Case|rel=MasterRecord
        CaseNumber|string 30|Case Number|DFSGAI|name|auto
        ContactId|reference|Contact ID|CUNFSGAP|to=Contact|rel=Contact|pre|kids=Cases,restrict
        AccountId|reference|Account ID|CUNFSGAP|to=Account|rel=Account|pre|kids=Cases,restrict
        ParentId|reference|Parent Case ID|CUNFSGAP|to=Case|rel=Parent|pre|kids=Cases
        SuppliedName|string 80|Name|CUNFSGAP
        SuppliedEmail|email 80|Email Address|CUNFSGAP
        SuppliedPhone|string 40|Phone|CUNFSGAP
        SuppliedCompany|string 80|Company|CUNFSGAP
        Type|picklist 255|Case Type|CUNFSGAP|picks=Mechanical,Electrical,Electronic,Structural,Other
        Status|picklist 255|Status|CUNDFSGA|picks=New*,Working,Escalated,Closed
        Reason|picklist 255|Case Reason|CUNFSGAP|picks=Installation,Equipment Complexity,Performance,Breakdown,Equipment Design,Feedback,Other
        Origin|picklist 255|Case Origin|CUNFSGAP|picks=Phone,Email,Web
        Subject|string 255|Subject|CUNFSGAP
        Priority|picklist 255|Priority|CUNDFSGAP|picks=High,Medium*,Low
        Description|textarea 32000|Description|CUNP|extra=plaintextarea
        IsClosed|boolean|Closed|DFSG
        ClosedDate|datetime|Closed Date|NFSA
        IsEscalated|boolean|Escalated|CUDFSG
        OwnerId|reference|Owner ID|CUDFSGA|to=Group,User|rel=Owner|poly
        @system
        ContactPhone|phone 40|Contact Phone|NFSGAP
        ContactEmail|email 80|Contact Email|NFSGAP
        Comments|textarea 4000|Internal Comments|CUNP
        LastViewedDate|datetime|Last Viewed Date|NFSA
        LastReferencedDate|datetime|Last Referenced Date|NFSA
        """;
}
