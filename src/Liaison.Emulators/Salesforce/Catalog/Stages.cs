using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The sales process: stages with what they say of a deal.</summary>
internal static class Stages
{
    /// <remarks>The API takes any text as a stage (contract section 4); only these say something of a deal.</remarks>
    private static readonly (string Name, int Probability, string Forecast, bool IsClosed, bool IsWon)[] Known =
    [
        ("Prospecting", 10, "Pipeline", false, false),
        ("Qualification", 10, "Pipeline", false, false),
        ("Needs Analysis", 20, "Pipeline", false, false),
        ("Value Proposition", 50, "Pipeline", false, false),
        ("Id. Decision Makers", 60, "Pipeline", false, false),
        ("Perception Analysis", 70, "Pipeline", false, false),
        ("Proposal/Price Quote", 75, "Pipeline", false, false),
        ("Negotiation/Review", 90, "Pipeline", false, false),
        ("Closed Won", 100, "Closed", true, true),
        ("Closed Lost", 0, "Omitted", true, false),
    ];

    public static void AddTo(Org org, DateTimeOffset made)
    {
        var type = org["OpportunityStage"];
        var order = 0m;
        foreach (var (name, probability, forecast, isClosed, isWon) in Known)
        {
            var row = type.Rows.Create();
            (row.CreatedDate, row.LastModifiedDate, row.SystemModstamp) = (made, made, made);
            row[type.Field("MasterLabel")] = name;
            row[type.Field("ApiName")] = name;
            row[type.Field("IsActive")] = true;
            row[type.Field("SortOrder")] = ++order;
            row[type.Field("IsClosed")] = isClosed;
            row[type.Field("IsWon")] = isWon;
            row[type.Field("ForecastCategory")] = forecast;
            row[type.Field("ForecastCategoryName")] = forecast;
            row[type.Field("DefaultProbability")] = (decimal)probability;
            type.Rows.Add(row);
        }
    }

    /// <summary>Finds a stage by its name; <see langword="null"/> for a text that is no stage.</summary>
    public static SObjectRow? Find(Org org, string? name)
    {
        var type = org["OpportunityStage"];
        return name is null ? null : type.Rows.With(type.Field("ApiName"), name) is [var stage, ..] ? stage : null;
    }
}
