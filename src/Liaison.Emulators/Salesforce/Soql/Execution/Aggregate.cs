using System.Diagnostics;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>Adds up one field of the rows of a group; empty values do not count.</summary>
/// <param name="of">The field; <see langword="null"/> counts the rows themselves.</param>
internal sealed class Aggregate(SoqlFunction function, BoundValue? of)
{
    private readonly HashSet<object?> _distinct = new(ValueEquality.Instance);
    private decimal _count;
    private decimal _sum;
    private object? _edge;

    public object? Result => function switch
    {
        SoqlFunction.Count => _count,
        SoqlFunction.CountDistinct => (decimal)_distinct.Count,
        SoqlFunction.Sum => _count == 0 ? null : _sum,
        SoqlFunction.Avg => _count == 0 ? null : _sum / _count,
        SoqlFunction.Min or SoqlFunction.Max => _edge,
        _ => throw new UnreachableException(),
    };

    public void Add(ISoqlRow row)
    {
        if (of is null)
        {
            _count++;
            return;
        }

        if (of.Read(row) is not { } value)
        {
            return;
        }

        _count++;
        if (function == SoqlFunction.CountDistinct)
        {
            _distinct.Add(value);
        }
        else if (function is SoqlFunction.Min or SoqlFunction.Max)
        {
            var order = _edge is null ? 0 : ValueOrder.Compare(value, _edge);
            _edge = _edge is null || (function == SoqlFunction.Min ? order < 0 : order > 0) ? value : _edge;
        }
        else if (value is decimal number)
        {
            _sum += number;
        }
    }
}
