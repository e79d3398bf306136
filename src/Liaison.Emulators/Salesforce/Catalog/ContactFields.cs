namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of contacts, and those that this customer added to keep what marketing knows.</summary>
internal static class ContactFields
{
    public const string Table = """
        Id|id|Contact ID|DFSGAI
        IsDeleted|boolean|Deleted|DFSG
        MasterRecordId|reference|Master Record ID|NFSGA|to=Contact|rel=MasterRecord
        AccountId|reference|Account ID|CUNFSGAP|to=Account|rel=Account|pre|kids=Contacts,cascade
        LastName|string 80|Last Name|CUFSGA|in=Name|extra=personname
        FirstName|string 40|First Name|CUNFSGA|in=Name|extra=personname
        Salutation|picklist 40|Salutation|CUNFSGA|in=Name|extra=personname|picks=@Salutation
        Name|string 121|Full Name|FSGA|extra=personname|name
        OtherStreet|textarea 255|Other Street|CUNFSGAP|in=OtherAddress|extra=plaintextarea
        OtherCity|string 40|Other City|CUNFSGAP|in=OtherAddress
        OtherState|string 80|Other State/Province|CUNFSGAP|in=OtherAddress
        OtherPostalCode|string 20|Other Zip/Postal Code|CUNFSGAP|in=OtherAddress
        OtherCountry|string 80|Other Country|CUNFSGAP|in=OtherAddress
        OtherLatitude|double 18.15|Other Latitude|CUNFSAP|in=OtherAddress
        OtherLongitude|double 18.15|Other Longitude|CUNFSAP|in=OtherAddress
        OtherGeocodeAccuracy|picklist 40|Other Geocode Accuracy|CUNFSGARP|in=OtherAddress|picks=@GeocodeAccuracy
        OtherAddress|address|Other Address|NFP
        MailingStreet|textarea 255|Mailing Street|CUNFSGAP|in=MailingAddress|extra=plaintextarea
        MailingCity|string 40|Mailing City|CUNFSGAP|in=MailingAddress
        MailingState|string 80|Mailing State/Province|CUNFSGAP|in=MailingAddress
        MailingPostalCode|string 20|Mailing Zip/Postal Code|CUNFSGAP|in=MailingAddress
        MailingCountry|string 80|Mailing Country|CUNFSGAP|in=MailingAddress
        MailingLatitude|double 18.15|Mailing Latitude|CUNFSAP|in=MailingAddress
        MailingLongitude|double 18.15|Mailing Longitude|CUNFSAP|in=MailingAddress
        MailingGeocodeAccuracy|picklist 40|Mailing Geocode Accuracy|CUNFSGARP|in=MailingAddress|picks=@GeocodeAccuracy
        MailingAddress|address|Mailing Address|NFP
        Phone|phone 40|Business Phone|CUNFSGAP
        Fax|phone 40|Business Fax|CUNFSGAP
        MobilePhone|phone 40|Mobile Phone|CUNFSGAP
        HomePhone|phone 40|Home Phone|CUNFSGAP
        OtherPhone|phone 40|Other Phone|CUNFSGAP
        AssistantPhone|phone 40|Asst. Phone|CUNFSGAP
        ReportsToId|reference|Reports To ID|CUNFSGAP|to=Contact|rel=ReportsTo|pre
        Email|email 80|Email|CUNFSGAIP
        Title|string 128|Title|CUNFSGAP
        Department|string 80|Department|CUNFSGAP
        AssistantName|string 40|Assistant's Name|CUNFSGAP
        LeadSource|picklist 255|Lead Source|CUNFSGAP|picks=@LeadSource
        Birthdate|date|Birthdate|CUNFSGAP
        Description|textarea 32000|Contact Description|CUNP|extra=plaintextarea
        OwnerId|reference|Owner ID|CUDFSGA|to=User|rel=Owner
        @system
        LastActivityDate|date|Last Activity|NFSGA
        LastCURequestDate|datetime|Last Stay-in-Touch Request Date|NFSA
        LastCUUpdateDate|datetime|Last Stay-in-Touch Save Date|NFSA
        LastViewedDate|datetime|Last Viewed Date|NFSA
        LastReferencedDate|datetime|Last Referenced Date|NFSA
        EmailBouncedReason|string 255|Email Bounced Reason|CUNFSGA
        EmailBouncedDate|datetime|Email Bounced Date|CUNFSA
        IsEmailBounced|boolean|Is Email Bounced|DFSG
        PhotoUrl|url 255|Photo URL|NFSGA|extra=imageurl
        Jigsaw|string 20|Data.com Key|CUNFSGAP
        JigsawContactId|string 20|Jigsaw Contact ID|NFSGA|rel=JigsawContact
        CleanStatus|picklist 40|Clean Status|CUNFSGARP|picks=@CleanStatus
        IndividualId|reference|Individual ID|CUNFSGA|to=Individual|rel=Individual|pre
        HasOptedOutOfEmail|boolean|Email Opt Out|CUDFSGP
        DoNotCall|boolean|Do Not Call|CUDFSGP
        """;

    public const string Custom = """
        Lead_Status__c|picklist 255|Lead Status|CUNFSGAP|picks=NEW:New,OPEN:Open,IN_PROGRESS:In progress,OPEN_DEAL:Open deal,UNQUALIFIED:Unqualified,ATTEMPTED_TO_CONTACT:Attempted to contact,CONNECTED:Connected,BAD_TIMING:Bad timing
        Lifecycle_Stage__c|picklist 255|Lifecycle Stage|CUNFSGAP|picks=subscriber:Subscriber,lead:Lead,marketingqualifiedlead:Marketing qualified lead,salesqualifiedlead:Sales qualified lead,opportunity:Opportunity,customer:Customer,evangelist:Evangelist,other:Other
        Source__c|picklist 255|Original Source|CUNFSGAP|picks=ORGANIC_SEARCH:Organic search,PAID_SEARCH:Paid search,EMAIL_MARKETING:Email marketing,SOCIAL_MEDIA:Organic social,REFERRALS:Referrals,OTHER_CAMPAIGNS:Other campaigns,DIRECT_TRAFFIC:Direct traffic,OFFLINE:Offline sources,PAID_SOCIAL:Paid social
        Preferred_Language__c|picklist 255|Preferred Language|CUNFSGAP|picks=en:English,en-us:English - United States,en-gb:English - United Kingdom,de:German,fr:French,es:Spanish,it:Italian,nl:Dutch,pl:Polish,pt:Portuguese,pt-br:Portuguese - Brazil,sv:Swedish,da:Danish,fi:Finnish,no:Norwegian,cs:Czech,ja:Japanese,zh-cn:Chinese - Simplified,ko:Korean,tr:Turkish,uk:Ukrainian,ar:Arabic
        Page_Views__c|double 10.0|Page Views|CUNFSAP
        Visits__c|double 10.0|Visits|CUNFSAP
        Emails_Opened__c|double 10.0|Emails Opened|CUNFSAP
        """;
}
