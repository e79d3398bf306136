namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of leads.</summary>
internal static class LeadFields
{
    public const string Table = """
        Id|id|Lead ID|DFSGAI
        IsDeleted|boolean|Deleted|DFSG
        MasterRecordId|reference|Master Record ID|NFSGA|to=Lead|rel=MasterRecord
        LastName|string 80|Last Name|CUFSGA|in=Name|extra=personname
        FirstName|string 40|First Name|CUNFSGA|in=Name|extra=personname
        Salutation|picklist 40|Salutation|CUNFSGA|in=Name|extra=personname|picks=@Salutation
        Name|string 121|Full Name|FSGA|extra=personname|name
        Title|string 128|Title|CUNFSGAP
        Company|string 255|Company|CUFSGA
        Street|textarea 255|Street|CUNFSGAP|in=Address|extra=plaintextarea
        City|string 40|City|CUNFSGAP|in=Address
        State|string 80|State/Province|CUNFSGAP|in=Address
        PostalCode|string 20|Zip/Postal Code|CUNFSGAP|in=Address
        Country|string 80|Country|CUNFSGAP|in=Address
        Latitude|double 18.15|Latitude|CUNFSAP|in=Address
        Longitude|double 18.15|Longitude|CUNFSAP|in=Address
        GeocodeAccuracy|picklist 40|Geocode Accuracy|CUNFSGARP|in=Address|picks=@GeocodeAccuracy
        Address|address|Address|NFP
        Phone|phone 40|Phone|CUNFSGAP
        MobilePhone|phone 40|Mobile Phone|CUNFSGAP
        Fax|phone 40|Fax|CUNFSGAP
        Email|email 80|Email|CUNFSGAIP
        Website|url 255|Website|CUNFSGAP
        PhotoUrl|url 255|Photo URL|NFSGA|extra=imageurl
        Description|textarea 32000|Description|CUNP|extra=plaintextarea
        LeadSource|picklist 255|Lead Source|CUNFSGAP|picks=@LeadSource
        Status|picklist 255|Status|CUDFSGA|picks=Open - Not Contacted*,Working - Contacted,Closed - Converted,Closed - Not Converted
        Industry|picklist 255|Industry|CUNFSGAP|picks=@Industry
        Rating|picklist 255|Rating|CUNFSGAP|picks=@Rating
        AnnualRevenue|currency 18.0|Annual Revenue|CUNFSAP
        NumberOfEmployees|int 8|Employees|CUNFSGAP
        OwnerId|reference|Owner ID|CUDFSGA|to=Group,User|rel=Owner|poly
        IsConverted|boolean|Converted|CDFSG
        ConvertedDate|date|Converted Date|NFSGA
        ConvertedAccountId|reference|Converted Account ID|NFSGA|to=Account|rel=ConvertedAccount|pre
        ConvertedContactId|reference|Converted Contact ID|NFSGA|to=Contact|rel=ConvertedContact|pre
        ConvertedOpportunityId|reference|Converted Opportunity ID|NFSGA|to=Opportunity|rel=ConvertedOpportunity|pre
        IsUnreadByOwner|boolean|Unread By Owner|CUDFSG
        @system
        LastActivityDate|date|Last Activity|NFSGA
        LastViewedDate|datetime|Last Viewed Date|NFSA
        LastReferencedDate|datetime|Last Referenced Date|NFSA
        Jigsaw|string 20|Data.com Key|CUNFSGAP
        JigsawContactId|string 20|Jigsaw Contact ID|NFSGA|rel=JigsawContact
        CleanStatus|picklist 40|Clean Status|CUNFSGARP|picks=@CleanStatus
        CompanyDunsNumber|string 9|Company D-U-N-S Number|CUNFSGAP
        DandbCompanyId|reference|D&B Company ID|CUNFSGAP|to=DandBCompany|rel=DandbCompany|pre
        EmailBouncedReason|string 255|Email Bounced Reason|UNFSGA
        EmailBouncedDate|datetime|Email Bounced Date|UNFSA
        IndividualId|reference|Individual ID|CUNFSGA|to=Individual|rel=Individual|pre
        HasOptedOutOfEmail|boolean|Email Opt Out|CUDFSGP
        """;
}
