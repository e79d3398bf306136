using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The record types of the org: opportunities are new business or renewals, each with stages of its own.</summary>
internal static class RecordTypes
{
    public const string Renewal = "Renewal";

    public const string Fields = """
        Id|id|Record Type ID|DFSGAI
        Name|string 80|Name|FSGA|name
        DeveloperName|string 80|Record Type Name|FSGA
        NamespacePrefix|string 15|Namespace Prefix|NFSGA
        Description|string 255|Description|NFSGA
        BusinessProcessId|reference|Business Process ID|NFSGA|to=BusinessProcess
        SobjectType|picklist 40|SObject Type Name|FSGAR|picks=Account,Contact,Lead,Opportunity,Case,Subscription__c
        IsActive|boolean|Active|DFSG
        @system
        """;

    /// <summary>The field of the records, as recorded where an org had record types.</summary>
    private const string Reference = "RecordTypeId|reference|Record Type ID|CUNFSGA|to=RecordType|rel=RecordType";

    private static readonly string[] StagesOfRenewals = ["Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"];

    public static void AddTo(Org org, DateTimeOffset made)
    {
        var type = org["Opportunity"];
        SObjectTypes.Extend(org, type, Reference);
        Add(org, type, "New_Business", "New Business", isDefault: true, made, [], "Deals with who is no customer yet");
        Add(org, type, Renewal, Renewal, isDefault: false, made, new() { ["StageName"] = StagesOfRenewals, ["Type"] = ["Existing Customer - Upgrade", "Existing Customer - Replacement", "Existing Customer - Downgrade"] }, "Contracts that go on");
    }

    private static void Add(
        Org org, SObjectType type, string developerName, string name, bool isDefault, DateTimeOffset made, Dictionary<string, IReadOnlyList<string>> values, string description)
    {
        var types = org["RecordType"];
        var row = types.Rows.Create();
        (row.CreatedDate, row.LastModifiedDate, row.SystemModstamp) = (made, made, made);
        row[types.Field("Name")] = name;
        row[types.Field("DeveloperName")] = developerName;
        row[types.Field("Description")] = description;
        row[types.Field("SobjectType")] = type.Name;
        row[types.Field("IsActive")] = true;
        types.Rows.Add(row);
        type.RecordKinds.Add(new RecordKind(row.Id, developerName, name, isDefault, values));
    }
}
