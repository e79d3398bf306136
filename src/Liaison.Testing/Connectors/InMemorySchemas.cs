using System.Collections.Frozen;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>The record types that an <see cref="InMemoryCrm"/> has from the start; native names differ from canonical ones on purpose.</summary>
internal static class InMemorySchemas
{
    internal static IReadOnlyList<RecordSchema> All { get; } = [Contact(), Company(), Deal(), Note(), ToDo()];

    /// <summary>Gets the pipelines of deals; one label stands in both.</summary>
    internal static IReadOnlyList<Pipeline> DealPipelines { get; } =
    [
        new("default", "Sales", [new("open", "Open", IsClosed: false) { Probability = 0.2m }, new("won", "Won", IsClosed: true) { Probability = 1 }, new("lost", "Lost", IsClosed: true) { Probability = 0 }]),
        new("renewals", "Renewals", [new("due", "Open", IsClosed: false), new("renewed", "Renewed", IsClosed: true), new("locked", "Locked", IsClosed: true) { MayBeEntered = false }]),
    ];

    private static RecordSchema Contact() => Schema(
        RecordType.Contact,
        [
            Field(FieldNames.FirstName), Field(FieldNames.LastName), Field(FieldNames.Email) with { Unique = true },
            Field(FieldNames.Phone), Field(FieldNames.JobTitle), Field(FieldNames.City), Field(FieldNames.Country),
            Choice(FieldNames.LeadStatus, "NEW", "OPEN", "QUALIFIED", "UNQUALIFIED"),
            Choice(FieldNames.LifecycleStage, "lead", "opportunity", "customer"),
            Field(FieldNames.Source) with { Guard = FieldGuard.Origin },
            Field(FieldNames.OptedOut, FieldType.Flag) with { Guard = FieldGuard.Consent }, Field(FieldNames.PageViews, FieldType.Number),
            Field(FieldNames.Visits, FieldType.Number), Field(FieldNames.EmailsOpened, FieldType.Number),
            Field(FieldNames.LastActivity, FieldType.Instant), Owner(), .. Ai(), .. Times(),
        ]);

    private static RecordSchema Company() => Schema(
        RecordType.Company,
        [
            Field(FieldNames.Name), Field(FieldNames.Domain), Choice(FieldNames.Industry, "SOFTWARE", "RETAIL", "BANKING"),
            Field(FieldNames.Employees, FieldType.Number), Field(FieldNames.AnnualRevenue, FieldType.Money), Field(FieldNames.City),
            Field(FieldNames.Country), Field(FieldNames.Description), Owner(), .. Ai(), .. Times(),
        ]);

    private static RecordSchema Deal() => Schema(
        RecordType.Deal,
        [
            Field(FieldNames.Name), Choice(FieldNames.Stage, "open", "won", "lost", "due", "renewed"), Choice(FieldNames.Pipeline, "default", "renewals"),
            Field(FieldNames.Amount, FieldType.Money), Field(FieldNames.CloseDate, FieldType.Date), Field(FieldNames.Description),
            Owner(), .. Ai(), .. Times(),
        ]);

    private static RecordSchema Note() => Schema(
        RecordType.Note,
        [Field(FieldNames.Name), Field(FieldNames.Description, FieldType.RichText), Field(FieldNames.OccurredAt, FieldType.Instant), Owner(), .. Times()]);

    private static RecordSchema ToDo() => Schema(
        RecordType.Task,
        [
            Field(FieldNames.Name), Field(FieldNames.Description, FieldType.RichText),
            Field(FieldNames.DueAt, FieldType.Instant) with { Required = true },
            Choice(FieldNames.TaskStatus, "NOT_STARTED", "IN_PROGRESS", "COMPLETED"), Choice(FieldNames.TaskPriority, "LOW", "MEDIUM", "HIGH"),
            Owner(), .. Times(),
        ]);

    private static FieldDefinition[] Ai() =>
    [
        Field(FieldNames.AiScore, FieldType.Number), Field(FieldNames.AiRationale), Field(FieldNames.AiPlaybook),
        Field(FieldNames.AiUpdated, FieldType.Instant), Field(FieldNames.AiSource),
    ];

    private static FieldDefinition[] Times() =>
    [
        Field(FieldNames.Created, FieldType.Instant) with { Writable = false },
        Field(FieldNames.Updated, FieldType.Instant) with { Writable = false },
    ];

    private static FieldDefinition Owner() => Field(FieldNames.Owner, FieldType.Reference) with
    {
        References = new RecordType("user"), Guard = FieldGuard.Owner,
    };

    private static FieldDefinition Choice(string name, params string[] values) =>
        Field(name, FieldType.Option) with { Options = [.. values.Select(value => new OptionDefinition(value, value))] };

    private static FieldDefinition Field(string name, FieldType type = FieldType.Text) =>
        new(name, $"mem_{name}", name.Replace('_', ' '), type) 
        {
            NativeType = type.ToString(),
            MaxLength = type == FieldType.Text ? 4_000 : null,
            Guard = type == FieldType.Money ? FieldGuard.Financial : FieldGuard.None,
        };

    private static RecordSchema Schema(RecordType type, FieldDefinition[] fields) =>
        new(type, $"mem_{type.Name}", fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal)) { DefaultCurrency = "EUR" };
}
