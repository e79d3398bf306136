using System.Text.RegularExpressions;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Searching;

/// <summary>One condition on one property, ready to be asked of thousands of records.</summary>
internal sealed class SearchFilter
{
    public static readonly string[] Operators =
    [
        "EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN",
    ];

    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(200);
    private readonly PropertyDefinition _property;
    private readonly string _operator;
    private readonly string _value;
    private readonly double? _number;
    private readonly double? _high;
    private readonly HashSet<string> _values;
    private readonly Regex? _token;
    private readonly bool _numeric;

    public SearchFilter(PropertyDefinition property, string operatorName, string? value, string? highValue, IReadOnlyList<string> values)
    {
        (_property, _operator, _value) = (property, operatorName, value ?? "");
        _numeric = property.Type is "number" or "date" or "datetime";
        _number = IndexedRecord.NumberOf(property, value);
        _high = IndexedRecord.NumberOf(property, highValue);
        _values = new HashSet<string>(values, StringComparer.OrdinalIgnoreCase);
        if (operatorName is "CONTAINS_TOKEN" or "NOT_CONTAINS_TOKEN")
        {
            // A token is a word between blanks or marks; an asterisk stands for any part of it.
            var pattern = Regex.Escape(_value).Replace(@"\*", @"\S*", StringComparison.Ordinal);
            _token = new Regex($@"(^|(?<=[^\p{{L}}\p{{N}}])){pattern}($|(?=[^\p{{L}}\p{{N}}]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestMatch);
        }
    }

    /// <summary>Gets an id below which no record can match.</summary>
    public long LeastId => _numeric && _property.Name == IndexedRecord.Id && (_operator is "GT" or "GTE" or "BETWEEN") && _number is > 0 and < long.MaxValue
        ? (long)_number
        : 0;

    public bool Matches(IndexedRecord record) => _operator switch
    {
        "HAS_PROPERTY" => !string.IsNullOrEmpty(record.Value(_property)),
        "NOT_HAS_PROPERTY" => string.IsNullOrEmpty(record.Value(_property)),
        "EQ" => IsEqual(record),
        "NEQ" => !IsEqual(record),
        "IN" => IsIn(record),
        "NOT_IN" => !IsIn(record),
        "CONTAINS_TOKEN" => record.Value(_property) is { } text && _token!.IsMatch(text),
        "NOT_CONTAINS_TOKEN" => record.Value(_property) is not { } text || !_token!.IsMatch(text),
        _ => _numeric ? IsInOrder(record.Number(_property)) : IsInOrder(record.Value(_property)),
    };

    private bool IsEqual(IndexedRecord record)
    {
        if (_numeric && _number is { } number)
        {
            return record.Number(_property) == number;
        }

        var value = record.Value(_property);
        return value is not null && (_property.IsMultiple
            ? value.Split(';').Contains(_value, StringComparer.OrdinalIgnoreCase)
            : string.Equals(value, _value, StringComparison.OrdinalIgnoreCase));
    }

    private bool IsIn(IndexedRecord record) =>
        record.Value(_property) is { } value && (_property.IsMultiple ? value.Split(';').Any(_values.Contains) : _values.Contains(value));

    private bool IsInOrder(double? value) => value is not null && _operator switch
    {
        "LT" => value < _number,
        "LTE" => value <= _number,
        "GT" => value > _number,
        "GTE" => value >= _number,
        "BETWEEN" => value >= _number && value <= _high,
        _ => false,
    };

    private bool IsInOrder(string? value)
    {
        var order = value is null ? 0 : string.Compare(value, _value, StringComparison.OrdinalIgnoreCase);
        return value is not null && _operator switch
        {
            "LT" => order < 0,
            "LTE" => order <= 0,
            "GT" => order > 0,
            "GTE" => order >= 0,
            _ => false,
        };
    }
}
