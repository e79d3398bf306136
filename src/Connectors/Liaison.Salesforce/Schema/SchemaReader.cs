using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Schema;

/// <summary>Reads what fields an object has for this user: the describe lists no others, and is therefore what rights are read by.</summary>
/// <remarks>A session asks once for each object; how long a schema serves several sessions of one user is the engine's matter.</remarks>
internal sealed class SchemaReader(SalesforceApi api)
{
    // Organisations with one currency do not name it; that of their locale is taken, and every sum says that it was assumed.
    private static readonly RowReader Locales = new([SystemFields.Id, "DefaultLocaleSidKey"]);

    private readonly ConcurrentDictionary<string, DescribeDocument> described = new(StringComparer.Ordinal);
    private string? defaultCurrency;

    internal async Task<Result<RecordSchema>> DescribeAsync(SalesforceObject target, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(target.Name, cancellationToken)).TryGet(out var document, out var refused))
        {
            return refused;
        }

        var schema = new RecordSchema(target.Type, target.Descriptor.NativeName, FieldMapping.Map(target.Descriptor, document.Fields ?? []));
        return schema.Fields.Values.Any(field => field.Type == FieldType.Money) && await CurrencyAsync(document, cancellationToken) is { } currency
            ? schema with { DefaultCurrency = currency }
            : schema;
    }

    /// <summary>Reads an object's own description.</summary>
    internal async Task<Result<DescribeDocument>> ReadAsync(string sobject, CancellationToken cancellationToken)
    {
        if (described.TryGetValue(sobject, out var known))
        {
            return known;
        }

        var read = await api.GetAsync(
            CrmOperation.Describe, $"{sobject}.describe", api.Paths.Describe(sobject), DescribeJson.Default.DescribeDocument, cancellationToken);
        return read.Then<DescribeDocument>(document => described[sobject] = document);
    }

    /// <summary>Tells which of some fields the user sees; the parents' own fields are taken on trust.</summary>
    internal async Task<Result<FrozenSet<string>>> VisibleAsync(
        string sobject, IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        described.TryRemove(sobject, out _);
        return (await ReadAsync(sobject, cancellationToken)).Then<FrozenSet<string>>(document =>
        {
            var names = (document.Fields ?? []).Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return fields.Where(field => names.Contains(field) || field.Contains('.', StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);
        });
    }

    /// <summary>Reads with some fields, and once more without those that the user no longer sees: which is lacking shows as missing.</summary>
    internal async Task<Result<T>> ReadVisibleAsync<T>(
        string sobject, IReadOnlyList<string> fields, Func<IReadOnlyList<string>, Task<Result<T>>> read, CancellationToken cancellationToken)
    {
        var first = await read(fields);
        if (first.Failure is not { Kind: FailureKind.Drifted } drifted)
        {
            return first;
        }

        return !(await VisibleAsync(sobject, fields, cancellationToken)).TryGet(out var visible, out var refused) ? refused
            : visible.Count < fields.Count ? await read([.. fields.Where(visible.Contains)])
            : drifted;
    }

    /// <summary>Asks with tasks told from calls, and once more without where the user does not see the field that tells them (contracts/salesforce.md 0.6).</summary>
    /// <param name="ask">Asks; given whether tasks are told from calls.</param>
    internal async Task<Result<T>> TellingCallsAsync<T>(SalesforceObject target, Func<bool, Task<Result<T>>> ask, CancellationToken cancellationToken)
    {
        var told = TellsCalls(target);
        var first = await ask(told);
        if (first.Failure is not { Kind: FailureKind.Drifted } || !told || !target.LeavesOutCalls)
        {
            return first;
        }

        return !(await VisibleAsync(target.Name, [SalesforceObject.SubtypeField], cancellationToken)).TryGet(out var visible, out var refused) ? refused
            : visible.Count == 0 ? await ask(false)
            : first;
    }

    /// <summary>Tells whether tasks can be told from calls, as far as the session knows: until it has read of it otherwise they can.</summary>
    internal bool TellsCalls(SalesforceObject target) =>
        !described.TryGetValue(target.Name, out var document) || (document.Fields ?? []).Any(field => field.Name == SalesforceObject.SubtypeField);

    private async Task<string?> CurrencyAsync(DescribeDocument document, CancellationToken cancellationToken)
    {
        // Where there are several, the field that names the record's says which one it has unless told otherwise.
        if (document.Fields?.FirstOrDefault(field => field.Name == FieldMapping.CurrencyField) is { } several)
        {
            return several.PicklistValues?.FirstOrDefault(choice => choice.DefaultValue is true)?.Value;
        }

        if (defaultCurrency is not null)
        {
            return defaultCurrency;
        }

        const string Field = "DefaultLocaleSidKey";
        var sent = await api.SendAsync(
            new(CrmOperation.Describe, "organization.currency", HttpMethod.Get, api.Paths.Query($"SELECT Id, {Field} FROM Organization")), cancellationToken);

        // A user who may not know is shown sums in the default currency, each marked as assumed.
        return sent.Then(answer => SalesforceApi.Parse(answer, Locales.ReadPage)).TryGet(out var page, out _)
            && page.Rows is [var row, ..] && row.Values.GetValueOrDefault(Field).Raw is { Length: > 0 } told
                ? defaultCurrency = CurrencyOf(told)
                : null;
    }

    private static string? CurrencyOf(string locale)
    {
        var parts = locale.Split('_');
        if (parts.Length < 2)
        {
            return null;
        }

        try
        {
            return new RegionInfo(parts[1]).ISOCurrencySymbol is { Length: 3 } symbol && symbol != "XXX" ? symbol : null;
        }
        catch (ArgumentException)
        {
            // A region that this machine does not know.
            return null;
        }
    }
}
