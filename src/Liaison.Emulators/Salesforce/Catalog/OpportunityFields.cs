namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of opportunities, of the people in them and of the stages they go through.</summary>
internal static class OpportunityFields
{
    public const string Table = """
        Id|id|Opportunity ID|DFSGAI
        IsDeleted|boolean|Deleted|DFSG
        AccountId|reference|Account ID|CUNFSGAP|to=Account|rel=Account|pre|kids=Opportunities,cascade
        IsPrivate|boolean|Private|CUDFSGP
        Name|string 120|Name|CUFSGAI|name
        Description|textarea 32000|Description|CUNP|extra=plaintextarea
        StageName|picklist 255|Stage|CUFSGA|picks=Prospecting,Qualification,Needs Analysis,Value Proposition,Id. Decision Makers,Perception Analysis,Proposal/Price Quote,Negotiation/Review,Closed Won,Closed Lost
        Amount|currency 18.2|Amount|CUNFSAP
        Probability|percent 3.0|Probability (%)|CUNDFSAP
        ExpectedRevenue|currency 18.2|Expected Amount|NFSAP
        TotalOpportunityQuantity|double 18.2|Quantity|CUNFSAP
        CloseDate|date|Close Date|CUFSGA
        Type|picklist 255|Opportunity Type|CUNFSGAP|picks=Existing Customer - Upgrade,Existing Customer - Replacement,Existing Customer - Downgrade,New Customer
        NextStep|string 255|Next Step|CUNFSGAP
        LeadSource|picklist 255|Lead Source|CUNFSGAP|picks=@LeadSource
        IsClosed|boolean|Closed|DFSG
        IsWon|boolean|Won|DFSG
        ForecastCategory|picklist 40|Forecast Category|FSGAR|picks=@ForecastCategory
        ForecastCategoryName|picklist 255|Forecast Category|CUNDFSGAR|picks=Omitted,Pipeline,Best Case,Commit,Closed
        CampaignId|reference|Campaign ID|CUNFSGAP|to=Campaign|rel=Campaign|pre
        HasOpportunityLineItem|boolean|Has Line Item|DFSG
        Pricebook2Id|reference|Price Book ID|CUNDFSGA|to=Pricebook2|rel=Pricebook2|pre
        OwnerId|reference|Owner ID|CUDFSGA|to=User|rel=Owner
        @system
        LastActivityDate|date|Last Activity|NFSGA
        LastStageChangeDate|datetime|Last Stage Change Date|NFSA
        FiscalQuarter|int 8|Fiscal Quarter|NFSGA|in=Fiscal
        FiscalYear|int 8|Fiscal Year|NFSGA|in=Fiscal
        Fiscal|string 6|Fiscal Period|NFSGA
        ContactId|reference|Contact ID|CNFSGA|to=Contact|kids=Opportunities
        LastViewedDate|datetime|Last Viewed Date|NFSA
        LastReferencedDate|datetime|Last Referenced Date|NFSA
        HasOpenActivity|boolean|Has Open Activity|DG
        HasOverdueTask|boolean|Has Overdue Task|DG
        LastAmountChangedHistoryId|reference|Opportunity History ID|NFSGA|to=OpportunityHistory|rel=LastAmountChangedHistory|pre
        LastCloseDateChangedHistoryId|reference|Opportunity History ID|NFSGA|to=OpportunityHistory|rel=LastCloseDateChangedHistory|pre
        """;

    public const string ContactRoles = """
        Id|id|Contact Role ID|DFSGAI
        OpportunityId|reference|Opportunity ID|CFSGA|to=Opportunity|rel=Opportunity|kids=OpportunityContactRoles,cascade
        ContactId|reference|Contact ID|CUFSGA|to=Contact|rel=Contact|kids=OpportunityContactRoles,cascade
        Role|picklist 40|Role|CUNFSGA|picks=Business User,Decision Maker,Economic Buyer,Economic Decision Maker,Evaluator,Executive Sponsor,Influencer,Technical Buyer,Other
        IsPrimary|boolean|Primary|CUDFSG
        @system
        IsDeleted|boolean|Deleted|DFSG
        """;

    public const string Stages = """
        Id|id|Opportunity Stage ID|DFSGAI
        MasterLabel|string 255|Master Label|NFSGA|name
        ApiName|string 255|API Name|NFSGA
        IsActive|boolean|Is Active|DFSG
        SortOrder|int 9|Sort Order|NFSGA
        IsClosed|boolean|Closed|DFSG
        IsWon|boolean|Won|DFSG
        ForecastCategory|picklist 40|Forecast Category|FSGAR|picks=@ForecastCategory
        ForecastCategoryName|picklist 255|Forecast Category Name|FSGA|picks=Omitted,Pipeline,Best Case,Commit,Closed
        DefaultProbability|percent 3.0|Probability (%)|NFSA
        Description|string 255|Description|NFSGA
        @system
        """;
}
