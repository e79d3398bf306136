using System.CommandLine;
using System.Globalization;
using Liaison.Cli.Output;
using Liaison.Gateway.Documents;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison describe</c>, <c>search</c> and <c>get</c>.</summary>
internal static class RecordCommands
{
    private static readonly Option<string> Where = new("--where")
    {
        Description = "A condition, as in 'lead status is New, created in the last 24 hours'.",
        Required = true,
    };

    private static readonly Option<string?> Fields = new("--fields")
    {
        Description = "The wanted fields, parted by commas; the default is every canonical field that the caller may read.",
    };

    private static readonly Option<int> Limit = new("--limit") { Description = "The most records.", DefaultValueFactory = _ => 20 };

    private static readonly Argument<string> Id = new("id") { Description = "The CRM's id of the record." };

    private static readonly Option<bool> Pipelines = new("--pipelines") { Description = "The pipelines of the type with their stages in order, instead of its fields." };

    public static Command Describe() => Verb.Of(
        "describe",
        "List the fields of a record type that the caller may read, or its pipelines with their stages.",
        [GlobalOptions.Connection, GlobalOptions.Type, Pipelines, GlobalOptions.As],
        DescribeAsync);

    public static Command Search() => Verb.Of(
        "search",
        "List the records that fit a condition.",
        [GlobalOptions.Connection, GlobalOptions.Type, Where, Fields, Limit, GlobalOptions.As],
        SearchAsync);

    public static Command Get() => Verb.Of(
        "get",
        "Show one record.",
        [GlobalOptions.Connection, GlobalOptions.Type, Id, Fields, GlobalOptions.As],
        GetAsync);

    private static async Task<int> DescribeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (connection, type) = TargetOf(invocation);
        if (invocation.Parsed.GetValue(Pipelines))
        {
            return await DescribePipelinesAsync(invocation, connection, type, cancellationToken);
        }

        var described = await invocation.Installation.Gateway.DescribeAsync(
            CallerOf(invocation), connection, type, cancellationToken);
        if (!described.TryGet(out var schema, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<FieldView> fields =
        [
            .. schema.Fields.Values.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => new FieldView(
                field.Name, field.NativeName, field.Label, field.Type, field.NativeType, field.Writable, field.Unique,
                [.. field.Options.Select(option => option.Value)])),
        ];
        return invocation.Printer.Show(fields, CliJson.Default.IReadOnlyListFieldView, console => console.Write(Printer.TableOf(
            ["field", "native", "type", "writable", "label", "choices"],
            fields.Select(field => new[]
            {
                field.Name, field.NativeName, field.Type.ToString(), field.Writable ? "yes" : "no", field.Label,
                Shorten(field.Options),
            }))));
    }

    private static async Task<int> DescribePipelinesAsync(
        Invocation invocation, ConnectionName connection, RecordType type, CancellationToken cancellationToken)
    {
        var told = await invocation.Installation.Gateway.PipelinesAsync(CallerOf(invocation), connection, type, null, cancellationToken);
        if (!told.TryGet(out var pipelines, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<PipelineDocument> views = [.. pipelines.Select(PipelineDocument.Of)];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListPipelineDocument, console => console.Write(Printer.TableOf(
            ["pipeline", "stage", "id", "probability", "closes"],
            views.SelectMany(pipeline => pipeline.Stages.Select(stage => new[]
            {
                pipeline.Label, stage.Label, stage.Id, stage.Probability?.ToString("P0", CultureInfo.InvariantCulture) ?? "", stage.IsClosed ? "yes" : "",
            })))));
    }

    private static async Task<int> SearchAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (connection, type) = TargetOf(invocation);
        var caller = CallerOf(invocation);
        if (!(await FieldsAsync(invocation, caller, connection, type, cancellationToken)).TryGet(out var fields, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var request = new QueryRequest(connection, type, fields, invocation.Parsed.GetValue(Where))
        {
            PageSize = Math.Clamp(invocation.Parsed.GetValue(Limit), 1, 100),
        };
        if (!(await invocation.Installation.Gateway.QueryAsync(caller, request, cancellationToken)).TryGet(out var page, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var view = new RecordListView([.. page.Records.Take(request.PageSize.Value).Select(ViewOf)], page.Total, page.Next);
        return invocation.Printer.Show(view, CliJson.Default.RecordListView, console =>
        {
            console.Write(Printer.TableOf(
                ["id", .. fields.Take(6)],
                view.Records.Select(record => (IReadOnlyList<string>)[record.Id, .. fields.Take(6).Select(field => CellOf(record, field))])));
            console.WriteLine($"{view.Records.Count} of {view.Total?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "many"}");
        });
    }

    private static async Task<int> GetAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (connection, type) = TargetOf(invocation);
        var caller = CallerOf(invocation);
        var id = invocation.Parsed.GetRequiredValue(Id);
        if (!(await FieldsAsync(invocation, caller, connection, type, cancellationToken)).TryGet(out var fields, out var failure)
            || !(await invocation.Installation.Gateway.ReadAsync(
                caller, new ReadRequest(connection, type, [id], fields), cancellationToken)).TryGet(out var answer, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        if (answer.Records is not [var record])
        {
            return invocation.Printer.Fail(new Failures.Failure(
                Failures.FailureKind.NotFound, $"There is no {type} {id} on {connection} for this caller."));
        }

        var view = ViewOf(record);
        return invocation.Printer.Show(view, CliJson.Default.RecordView, console => console.Write(Printer.TableOf(
            ["field", "value", "state"],
            view.Fields.Select(field => new[] { field.Key, field.Value.Value ?? "", field.Value.State.ToString() }))));
    }

    private static async Task<Failures.Result<IReadOnlyList<string>>> FieldsAsync(
        Invocation invocation, Caller caller, ConnectionName connection, RecordType type, CancellationToken cancellationToken)
    {
        if (invocation.Parsed.GetValue(Fields) is { } named)
        {
            return named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        var described = await invocation.Installation.Gateway.DescribeAsync(caller, connection, type, cancellationToken);
        return described.TryGet(out var schema, out var failure)
            ? Failures.Result<IReadOnlyList<string>>.Of(DefaultFields.Of(schema))
            : failure;
    }

    private static (ConnectionName Connection, RecordType Type) TargetOf(Invocation invocation) => (
        new ConnectionName(invocation.Parsed.GetRequiredValue(GlobalOptions.Connection)),
        new RecordType(invocation.Parsed.GetRequiredValue(GlobalOptions.Type)));

    private static Caller CallerOf(Invocation invocation) => Callers.Of(invocation, Purpose.Assistance);

    private static RecordView ViewOf(Record record) => new(
        record.Ref.Id,
        record.Ref.Type.Name,
        record.CreatedAt,
        record.UpdatedAt,
        record.Url,
        record.Fields.Values.ToDictionary(
            field => field.Name,
            field => new FieldValueView(field.State, field.Value is null ? null : ValueText.Of(field.Value)),
            StringComparer.Ordinal));

    private static string CellOf(RecordView record, string field) =>
        record.Fields.TryGetValue(field, out var value) ? value.Value ?? "" : "";

    private static string Shorten(IReadOnlyList<string> options) =>
        options.Count <= 6 ? string.Join(", ", options) : $"{string.Join(", ", options.Take(6))} and {options.Count - 6} more";
}
