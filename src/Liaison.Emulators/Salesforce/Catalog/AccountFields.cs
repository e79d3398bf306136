namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of accounts.</summary>
internal static class AccountFields
{
    public const string Table = """
        Id|id|Account ID|DFSGAI
        IsDeleted|boolean|Deleted|DFSG
        MasterRecordId|reference|Master Record ID|NFSGA|to=Account|rel=MasterRecord
        Name|string 255|Account Name|CUFSGA|in=Name|extra=switchablepersonname|name
        Type|picklist 40|Account Type|CUNFSGAP|picks=Prospect,Customer - Direct,Customer - Channel,Channel Partner / Reseller,Installation Partner,Technology Partner,Other
        ParentId|reference|Parent Account ID|CUNFSGAP|to=Account|rel=Parent|pre|kids=ChildAccounts
        BillingStreet|textarea 255|Billing Street|CUNFSGAP|in=BillingAddress|extra=plaintextarea
        BillingCity|string 40|Billing City|CUNFSGAP|in=BillingAddress
        BillingState|string 80|Billing State/Province|CUNFSGAP|in=BillingAddress
        BillingPostalCode|string 20|Billing Zip/Postal Code|CUNFSGAP|in=BillingAddress
        BillingCountry|string 80|Billing Country|CUNFSGAP|in=BillingAddress
        BillingLatitude|double 18.15|Billing Latitude|CUNFSAP|in=BillingAddress
        BillingLongitude|double 18.15|Billing Longitude|CUNFSAP|in=BillingAddress
        BillingGeocodeAccuracy|picklist 40|Billing Geocode Accuracy|CUNFSGARP|in=BillingAddress|picks=@GeocodeAccuracy
        BillingAddress|address|Billing Address|NFP
        ShippingStreet|textarea 255|Shipping Street|CUNFSGAP|in=ShippingAddress|extra=plaintextarea
        ShippingCity|string 40|Shipping City|CUNFSGAP|in=ShippingAddress
        ShippingState|string 80|Shipping State/Province|CUNFSGAP|in=ShippingAddress
        ShippingPostalCode|string 20|Shipping Zip/Postal Code|CUNFSGAP|in=ShippingAddress
        ShippingCountry|string 80|Shipping Country|CUNFSGAP|in=ShippingAddress
        ShippingLatitude|double 18.15|Shipping Latitude|CUNFSAP|in=ShippingAddress
        ShippingLongitude|double 18.15|Shipping Longitude|CUNFSAP|in=ShippingAddress
        ShippingGeocodeAccuracy|picklist 40|Shipping Geocode Accuracy|CUNFSGARP|in=ShippingAddress|picks=@GeocodeAccuracy
        ShippingAddress|address|Shipping Address|NFP
        Phone|phone 40|Account Phone|CUNFSGAP
        Fax|phone 40|Account Fax|CUNFSGAP
        AccountNumber|string 40|Account Number|CUNFSGAP
        Website|url 255|Website|CUNFSGAP
        PhotoUrl|url 255|Photo URL|NFSGA|extra=imageurl
        Sic|string 20|SIC Code|CUNFSGAP
        Industry|picklist 40|Industry|CUNFSGAP|picks=@Industry
        AnnualRevenue|currency 18.0|Annual Revenue|CUNFSAP
        NumberOfEmployees|int 8|Employees|CUNFSGAP
        Ownership|picklist 40|Ownership|CUNFSGAP|picks=Public,Private,Subsidiary,Other
        TickerSymbol|string 20|Ticker Symbol|CUNFSGAP
        Description|textarea 32000|Account Description|CUNP|extra=plaintextarea
        Rating|picklist 40|Account Rating|CUNFSGAP|picks=@Rating
        Site|string 80|Account Site|CUNFSGAP
        OwnerId|reference|Owner ID|CUDFSGA|to=User|rel=Owner
        @system
        LastActivityDate|date|Last Activity|NFSGA
        LastViewedDate|datetime|Last Viewed Date|NFSA
        LastReferencedDate|datetime|Last Referenced Date|NFSA
        Jigsaw|string 20|Data.com Key|CUNFSGAP
        JigsawCompanyId|string 20|Jigsaw Company ID|NFSGA|rel=JigsawCompany
        CleanStatus|picklist 40|Clean Status|CUNFSGARP|picks=@CleanStatus
        AccountSource|picklist 40|Account Source|CUNFSGAP|picks=@LeadSource
        DunsNumber|string 9|D-U-N-S Number|CUNFSGAP
        Tradestyle|string 255|Tradestyle|CUNFSGAP
        NaicsCode|string 8|NAICS Code|CUNFSGAP
        NaicsDesc|string 120|NAICS Description|CUNFSGAP
        YearStarted|string 4|Year Started|CUNFSGAP
        SicDesc|string 80|SIC Description|CUNFSGAP
        DandbCompanyId|reference|D&B Company ID|CUNFSGAP|to=DandBCompany|rel=DandbCompany|pre
        OperatingHoursId|reference|Operating Hour ID|CUNFSGAP|to=OperatingHours|rel=OperatingHours|pre
        """;
}
