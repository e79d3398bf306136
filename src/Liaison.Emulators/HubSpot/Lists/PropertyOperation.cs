using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Searching;

namespace Liaison.Emulators.HubSpot.Lists;

/// <summary>One condition of a list on one property.</summary>
internal static class PropertyOperation
{
    /// <summary>What is asked of a value.</summary>
    /// <param name="Negated">Whether the record must not hold such a value.</param>
    /// <param name="Ever">Whether earlier values count as well.</param>
    private sealed record Question(Func<string, DateTimeOffset, bool> Holds, bool Negated = false, bool Ever = false);

    /// <summary>Reads an operation; <see langword="null"/> for one that is not known.</summary>
    public static ListTest? Read(PropertyDefinition property, JsonElement operation)
    {
        var name = operation.TextOf("operator") ?? "";
        var unset = operation.FlagOf("includeObjectsWithNoValueSet", otherwise: false);
        return operation.TextOf("operationType") switch
        {
            "ALL_PROPERTY" => Known(property, name),
            "ROLLING_PROPERTY_UPDATED" => Updated(property, name, operation.NumberOf("numberOfDays", 0)),
            "STRING" or "MULTISTRING" => Test(property, Text(name, Values(operation)), unset),
            "BOOL" => Test(property, Text(name, Values(operation)), unset),
            "ENUMERATION" => Test(property, Options(property, name, [.. operation.TextsOf("values")]), unset),
            "NUMBER" => Test(property, Number(property, name, operation), unset),
            "NUMBER_RANGED" or "RANGED_DATE" => Test(property, Range(property, name, operation), unset),
            "DATETIME" or "DATE" => Test(property, Moments.Compare(property, name, operation), unset),
            "ROLLING_DATE_RANGE" => Test(property, Moments.Rolling(property, name, operation.NumberOf("numberOfDays", 0)), unset),
            "TIME_POINT" or "TIME_RANGED" => Test(property, Moments.Points(property, name, operation), unset),
            _ => null,
        };
    }

    private static ListTest? Test(PropertyDefinition property, Question? question, bool unset) => question switch
    {
        null => null,
        { Ever: true } => (record, now) => Ever(property, record).Any(value => question.Holds(value, now)) != question.Negated,
        _ => (record, now) => ObjectType.Value(property, record) is { Length: > 0 } value ? question.Holds(value, now) != question.Negated : unset,
    };

    private static ListTest? Known(PropertyDefinition property, string name) => name switch
    {
        "IS_KNOWN" or "IS_NOT_BLANK" => (record, _) => !string.IsNullOrEmpty(ObjectType.Value(property, record)),
        "IS_UNKNOWN" or "IS_BLANK" => (record, _) => string.IsNullOrEmpty(ObjectType.Value(property, record)),
        _ => null,
    };

    private static ListTest? Updated(PropertyDefinition property, string name, int days) => name switch
    {
        "UPDATED_IN_LAST_X_DAYS" => (record, now) => LastChange(property, record) >= now.AddDays(-days),
        "NOT_UPDATED_IN_LAST_X_DAYS" => (record, now) => !(LastChange(property, record) >= now.AddDays(-days)),
        _ => null,
    };

    private static DateTimeOffset? LastChange(PropertyDefinition property, CrmRecord record) =>
        record.History?.LastOrDefault(change => change.Slot == property.Slot)?.At
        ?? (string.IsNullOrEmpty(ObjectType.Value(property, record)) ? null : record.CreatedAt);

    private static IEnumerable<string> Ever(PropertyDefinition property, CrmRecord record) =>
        (record.History ?? []).Where(change => change.Slot == property.Slot).Select(change => change.Value)
        .Append(ObjectType.Value(property, record)).Where(value => !string.IsNullOrEmpty(value)).Select(value => value!);

    private static string[] Values(JsonElement operation) =>
        operation.TextOf("value") is { } value ? [value] : [.. operation.TextsOf("values")];

    private static Question? Text(string name, string[] asked)
    {
        bool Equal(string value, DateTimeOffset now) => Array.Exists(asked, one => string.Equals(one, value, StringComparison.OrdinalIgnoreCase));
        bool Contains(string value, DateTimeOffset now) => Array.Exists(asked, one => value.Contains(one, StringComparison.OrdinalIgnoreCase));
        return name switch
        {
            "IS_EQUAL_TO" or "IS" => new(Equal),
            "IS_NOT_EQUAL_TO" or "IS_NOT" => new(Equal, Negated: true),
            "CONTAINS" => new(Contains),
            "DOES_NOT_CONTAIN" => new(Contains, Negated: true),
            "STARTS_WITH" => new((value, _) => Array.Exists(asked, one => value.StartsWith(one, StringComparison.OrdinalIgnoreCase))),
            "ENDS_WITH" => new((value, _) => Array.Exists(asked, one => value.EndsWith(one, StringComparison.OrdinalIgnoreCase))),
            "HAS_EVER_BEEN_EQUAL_TO" => new(Equal, Ever: true),
            "HAS_NEVER_BEEN_EQUAL_TO" => new(Equal, Negated: true, Ever: true),
            "HAS_EVER_CONTAINED" => new(Contains, Ever: true),
            "HAS_NEVER_CONTAINED" => new(Contains, Negated: true, Ever: true),
            _ => null,
        };
    }

    private static Question? Options(PropertyDefinition property, string name, HashSet<string> asked)
    {
        string[] Held(string value) => property.IsMultiple ? value.Split(';', StringSplitOptions.RemoveEmptyEntries) : [value];
        bool Any(string value, DateTimeOffset now) => Array.Exists(Held(value), asked.Contains);
        bool Exactly(string value, DateTimeOffset now) => asked.SetEquals(Held(value));
        bool All(string value, DateTimeOffset now) => asked.IsSubsetOf(Held(value));
        return name switch
        {
            "IS_ANY_OF" => new(Any),
            "IS_NONE_OF" => new(Any, Negated: true),
            "IS_EXACTLY" => new(Exactly),
            "IS_NOT_EXACTLY" => new(Exactly, Negated: true),
            "CONTAINS_ALL" => new(All),
            "DOES_NOT_CONTAIN_ALL" => new(All, Negated: true),
            "HAS_EVER_BEEN_ANY_OF" => new(Any, Ever: true),
            "HAS_NEVER_BEEN_ANY_OF" => new(Any, Negated: true, Ever: true),
            "HAS_EVER_BEEN_EXACTLY" => new(Exactly, Ever: true),
            "HAS_NEVER_BEEN_EXACTLY" => new(Exactly, Negated: true, Ever: true),
            "HAS_EVER_CONTAINED_ALL" => new(All, Ever: true),
            "HAS_NEVER_CONTAINED_ALL" => new(All, Negated: true, Ever: true),
            _ => null,
        };
    }

    private static Question? Number(PropertyDefinition property, string name, JsonElement operation)
    {
        if (IndexedRecord.NumberOf(property, operation.TextOf("value")) is not { } asked)
        {
            return null;
        }

        bool Equal(string value, DateTimeOffset now) => IndexedRecord.NumberOf(property, value) == asked;
        return name switch
        {
            "IS_EQUAL_TO" => new(Equal),
            "IS_NOT_EQUAL_TO" => new(Equal, Negated: true),
            "HAS_EVER_BEEN_EQUAL_TO" => new(Equal, Ever: true),
            "HAS_NEVER_BEEN_EQUAL_TO" => new(Equal, Negated: true, Ever: true),
            "IS_GREATER_THAN" => new((value, _) => IndexedRecord.NumberOf(property, value) > asked),
            "IS_GREATER_THAN_OR_EQUAL_TO" => new((value, _) => IndexedRecord.NumberOf(property, value) >= asked),
            "IS_LESS_THAN" => new((value, _) => IndexedRecord.NumberOf(property, value) < asked),
            "IS_LESS_THAN_OR_EQUAL_TO" => new((value, _) => IndexedRecord.NumberOf(property, value) <= asked),
            _ => null,
        };
    }

    private static Question? Range(PropertyDefinition property, string name, JsonElement operation)
    {
        if (!double.TryParse(operation.TextOf("lowerBound"), NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            || !double.TryParse(operation.TextOf("upperBound"), NumberStyles.Float, CultureInfo.InvariantCulture, out var high))
        {
            return null;
        }

        bool Between(string value, DateTimeOffset now) => IndexedRecord.NumberOf(property, value) is { } number && number >= low && number <= high;
        return name switch
        {
            "IS_BETWEEN" => new(Between),
            "IS_NOT_BETWEEN" => new(Between, Negated: true),
            _ => null,
        };
    }

    /// <summary>The operations on days and moments.</summary>
    private static class Moments
    {
        public static Question? Compare(PropertyDefinition property, string name, JsonElement operation)
        {
            var asked = operation.TextOf("timestamp") is { } text && Instants.TryParse(text, out var given) ? given : Day(operation);
            bool Equal(string value, DateTimeOffset now) => At(property, value)?.UtcDateTime.Date == asked?.UtcDateTime.Date;
            return asked is null ? null : name switch
            {
                "IS_EQUAL_TO" => new(Equal),
                "IS_NOT_EQUAL_TO" => new(Equal, Negated: true),
                "HAS_EVER_BEEN_EQUAL_TO" => new(Equal, Ever: true),
                "HAS_NEVER_BEEN_EQUAL_TO" => new(Equal, Negated: true, Ever: true),
                "IS_BEFORE" or "IS_BEFORE_DATE" => new((value, _) => At(property, value) < asked),
                "IS_AFTER" or "IS_AFTER_DATE" => new((value, _) => At(property, value) > asked),
                _ => null,
            };
        }

        public static Question? Rolling(PropertyDefinition property, string name, int days) => name switch
        {
            "IS_LESS_THAN_X_DAYS_AGO" => new((value, now) => At(property, value) is { } at && at <= now && at > now.AddDays(-days)),
            "IS_MORE_THAN_X_DAYS_AGO" => new((value, now) => At(property, value) < now.AddDays(-days)),
            "IS_LESS_THAN_X_DAYS_FROM_NOW" => new((value, now) => At(property, value) is { } at && at >= now && at < now.AddDays(days)),
            "IS_MORE_THAN_X_DAYS_FROM_NOW" => new((value, now) => At(property, value) > now.AddDays(days)),
            _ => null,
        };

        public static Question? Points(PropertyDefinition property, string name, JsonElement operation)
        {
            var (one, low, high) = (Point(operation.MemberOf("timePoint")), Point(operation.MemberOf("lowerBoundTimePoint")), Point(operation.MemberOf("upperBoundTimePoint")));
            return name switch
            {
                "IS_BEFORE" when one is not null => new((value, now) => At(property, value) < one(now)),
                "IS_AFTER" when one is not null => new((value, now) => At(property, value) > one(now)),
                "IS_BETWEEN" when low is not null && high is not null => new((value, now) => At(property, value) is { } at && at >= low(now) && at <= high(now)),
                "IS_NOT_BETWEEN" when low is not null && high is not null =>
                    new((value, now) => At(property, value) is { } at && at >= low(now) && at <= high(now), Negated: true),
                _ => null,
            };
        }

        /// <summary>Reads a point of time: a day, or so and so long before or after the present.</summary>
        private static Func<DateTimeOffset, DateTimeOffset>? Point(JsonElement point)
        {
            if (point.TextOf("timeType") == "DATE")
            {
                return Day(point) is { } day
                    ? _ => day.AddHours(point.NumberOf("hour", 0)).AddMinutes(point.NumberOf("minute", 0)).AddSeconds(point.NumberOf("second", 0))
                    : null;
            }

            var (offset, reference) = (point.MemberOf("offset"), point.MemberOf("indexReference").TextOf("referenceType"));
            int Of(string unit) => offset.NumberOf(unit, 0);
            return point.TextOf("timeType") == "INDEXED" && reference is "NOW" or "TODAY"
                ? now => (reference == "NOW" ? now : new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero))
                    .AddYears(Of("years")).AddMonths(Of("months") + (3 * Of("quarters"))).AddDays(Of("days") + (7 * Of("weeks")))
                    .AddHours(Of("hours")).AddMinutes(Of("minutes")).AddSeconds(Of("seconds"))
                : null;
        }

        private static DateTimeOffset? Day(JsonElement given) =>
            DateTime.TryParseExact(
                $"{given.TextOf("year")} {given.TextOf("month")} {given.TextOf("day")}", ["yyyy M d", "yyyy MMM d", "yyyy MMMM d"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
                ? new DateTimeOffset(day, TimeSpan.Zero)
                : null;

        private static DateTimeOffset? At(PropertyDefinition property, string value) =>
            property.Type is "date" or "datetime" && Instants.TryParse(value, out var at) ? at : null;
    }
}
