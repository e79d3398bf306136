using Liaison.Model;

namespace Liaison.Context;

/// <summary>The built-in profile for scoring: a person's role and interest and the company behind them, and no more.</summary>
/// <remarks>Names and telephone numbers are left out on purpose: they say nothing of a fit.</remarks>
public static class QualificationProfile
{
    /// <summary>The name by which callers ask for it.</summary>
    public const string Name = "qualification";

    /// <summary>Gets the profile.</summary>
    public static ContextProfile Default { get; } = new(
        Name,
        TimeSpan.FromDays(180),
        [
            new("person", RecordType.Contact,
                [FieldNames.JobTitle, FieldNames.Email, FieldNames.Language, FieldNames.City, FieldNames.State, FieldNames.Country]),
            new("relationship", RecordType.Contact,
                [FieldNames.LeadStatus, FieldNames.LifecycleStage, FieldNames.Source, FieldNames.OptedOut, FieldNames.Created]),
            new("engagement", RecordType.Contact,
                [FieldNames.Visits, FieldNames.PageViews, FieldNames.EmailsOpened, FieldNames.LastActivity]),
            new("company", RecordType.Company,
                [FieldNames.Name, FieldNames.Domain, FieldNames.Industry, FieldNames.Employees, FieldNames.AnnualRevenue, FieldNames.Country]),
        ]);

    /// <summary>Gets the fields that it asks of a contact.</summary>
    public static IReadOnlyList<string> ContactFields { get; } = Default.FieldsOf(RecordType.Contact);

    /// <summary>Gets the fields that it asks of a company.</summary>
    public static IReadOnlyList<string> CompanyFields { get; } = Default.FieldsOf(RecordType.Company);
}
