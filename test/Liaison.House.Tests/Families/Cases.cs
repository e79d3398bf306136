using System.Reflection;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Reading.Filters;
using Liaison.Writeback;

namespace Liaison.House.Tests.Families;

/// <summary>A value of every case of the closed families.</summary>
internal static class Cases
{
    private static readonly FieldValue.Option Choice = new("a", "A");

    private static RecordRef Person { get; } = new(new ConnectionName("memory"), RecordType.Contact, "1");

    public static IReadOnlyList<FieldValue> Values { get; } =
    [
        FieldValue.Empty,
        new FieldValue.Text("a text"),
        new FieldValue.RichText("<p>a text</p>"),
        new FieldValue.Number(5),
        new FieldValue.Flag(true),
        new FieldValue.Date(new DateOnly(2026, 12, 31)),
        new FieldValue.Instant(new DateTimeOffset(2026, 12, 31, 8, 0, 0, TimeSpan.Zero)),
        new FieldValue.TimeOfDay(new TimeOnly(13, 0)),
        Choice,
        new FieldValue.OptionList([Choice, new FieldValue.Option("b", "B")]),
        new FieldValue.Money(5, "EUR"),
        new FieldValue.Reference(RecordType.Company, "7"),
        new FieldValue.Unreadable("?", "It is a sample."),
    ];

    public static IReadOnlyList<RecordFilter> Filters { get; } =
    [
        RecordFilter.Everything,
        new RecordFilter.Any([]),
        new RecordFilter.All([new RecordFilter.HasValue(FieldNames.Email), new RecordFilter.HasValue(FieldNames.Phone, Negated: true)]),
        new RecordFilter.Any([new RecordFilter.HasValue(FieldNames.Email), new RecordFilter.HasValue(FieldNames.Phone, Negated: true)]),
        .. Values.SelectMany(value => Enum.GetValues<Comparison>().Select(by => new RecordFilter.Compare(FieldNames.JobTitle, by, value))),
        .. Values.Select(value => new RecordFilter.OneOf(FieldNames.JobTitle, [value])),
        .. Values.Select(value => new RecordFilter.OneOf(FieldNames.JobTitle, [value], Negated: true)),
        new RecordFilter.HasValue(FieldNames.Email),
    ];

    public static IReadOnlyList<FilterSyntax> Syntax { get; } =
    [
        new FilterSyntax.All([]),
        new FilterSyntax.Any([]),
        .. Fields.All.SelectMany(field => Enum.GetValues<FilterOperator>().Select(by => Condition(field.Name, by))),
        .. Fields.All.SelectMany(field => Enum.GetValues<FilterOperator>().Select(by => new FilterSyntax.Not(Condition(field.Name, by)))),
    ];

    public static IReadOnlyList<ChangeAction> Actions { get; } =
    [
        new ChangeAction.UpdateFields(Person, [new FieldChange(FieldNames.JobTitle, Values[1])]),
        new ChangeAction.CreateRecord(Person.Connection, RecordType.Contact, [new FieldChange(FieldNames.Email, Values[1])], [new RecordLink(RecordType.Company, "7")]),
        new ChangeAction.Associate(Person, Person with { Type = RecordType.Company }),
        new ChangeAction.CreateTask(Person, "a task", "a text", default),
        new ChangeAction.MoveStage(Person, "a", "b"),
        new ChangeAction.AssignOwner(Person, "7"),
        new ChangeAction.LogSummary(Person, RecordType.Call, "a call", "a text"),
        new ChangeAction.DraftMessage(Person, "a message", "a text"),
    ];

    /// <summary>Names the cases of a family, in the order of their names.</summary>
    public static IEnumerable<string> NamesOf(Type family) => family
        .GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
        .Where(nested => nested.IsSubclassOf(family) && !nested.IsAbstract)
        .Select(nested => nested.Name)
        .Order(StringComparer.Ordinal);

    private static FilterSyntax.Condition Condition(string field, FilterOperator by) => new(field, 1, by, Operands(field, by), 2);

    private static FilterOperand[] Operands(string field, FilterOperator by) => by switch
    {
        FilterOperator.IsEmpty or FilterOperator.HasValue => [],
        FilterOperator.InTheLast => [new FilterOperand("24h", Quoted: false, 3)],
        FilterOperator.Between or FilterOperator.In or FilterOperator.NotIn => [Fields.OperandOf(field), Fields.OperandOf(field)],
        _ => [Fields.OperandOf(field)],
    };
}
