using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields whose values the platform works out.</summary>
internal sealed class ComputedFields(Org org)
{
    private static readonly string[] AddressParts = ["City", "Country", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State", "Street"];

    /// <summary>Gives how a field of an object is worked out; <see langword="null"/> for stored ones.</summary>
    public Func<SObjectRow, object?>? Of(SObjectType type, SObjectField field) => Stamp(field.Name) ?? (type.Name, field.Name) switch
    {
        ("Contact" or "Lead" or "User", "Name") => row => FullName(row.Text("FirstName"), row.Text("LastName")),
        (_, _) when field.Type == SoqlType.Address => Address(type, field.Name[..^"Address".Length]),
        ("Account" or "Contact" or "Lead", "PhotoUrl") => row => $"/services/images/photo/{row.Id}",
        ("Contact", "IsEmailBounced") => row => row.Get("EmailBouncedDate") is not null,
        ("Opportunity", "ExpectedRevenue") => row => row.Get("Amount") is decimal amount && row.Get("Probability") is decimal chance ? decimal.Round(amount * chance / 100, 2) : null,
        ("Opportunity", "IsClosed") => row => Stage(row)?.Get("IsClosed") is true,
        ("Opportunity", "IsWon") => row => Stage(row)?.Get("IsWon") is true,
        ("Opportunity", "ForecastCategory") => row => Stage(row)?.Get("ForecastCategory") ?? "Pipeline",
        ("Opportunity", "FiscalYear") => row => row.Get("CloseDate") is DateOnly day ? (decimal)day.Year : null,
        ("Opportunity", "FiscalQuarter") => row => row.Get("CloseDate") is DateOnly day ? Quarter(day) : null,
        ("Opportunity", "Fiscal") => row => row.Get("CloseDate") is DateOnly day ? $"{day.Year} {Quarter(day)}" : null,
        ("Opportunity", "HasOpenActivity") => row => OpenTasks(row).Any(),
        ("Opportunity", "HasOverdueTask") => row => false,
        ("Task", "IsClosed") => row => row.Text("Status") == "Completed",
        ("Task", "IsHighPriority") => row => row.Text("Priority") == "High",
        ("Task" or "Event", "AccountId") => AccountOf,
        ("Case", "IsClosed") => row => row.Text("Status") == "Closed",
        ("Case", "ContactPhone") => row => org.Find(row.Text("ContactId"))?.Text("Phone"),
        ("Case", "ContactEmail") => row => org.Find(row.Text("ContactId"))?.Text("Email"),
        ("ContentNote", "TextPreview") => row => row.Get("Content") is string content ? Preview(content) : null,
        ("ContentNote", "ContentSize") => row => row.Get("Content") is string content ? (decimal)(content.Length * 3 / 4) : 0m,
        ("ContentNote", "FileType" or "FileExtension") => row => "SNOTE",
        _ => null,
    };

    private static Func<SObjectRow, object?>? Stamp(string field) => field switch
    {
        "Id" => row => row.Id,
        "IsDeleted" => row => row.IsDeleted,
        "MasterRecordId" => row => row.MasterRecordId,
        "CreatedDate" => row => row.CreatedDate,
        "CreatedById" => row => row.CreatedById,
        "LastModifiedDate" => row => row.LastModifiedDate,
        "LastModifiedById" => row => row.LastModifiedById,
        "SystemModstamp" => row => row.SystemModstamp,
        _ => null,
    };

    private static string? FullName(string? first, string? last) => (first, last) switch
    {
        (null, _) => last,
        (_, null) => first,
        _ => $"{first} {last}",
    };

    /// <summary>Puts an address together; one without any part is null.</summary>
    private static Func<SObjectRow, object?> Address(SObjectType type, string prefix)
    {
        var parts = AddressParts.Select(part => (Key: char.ToLowerInvariant(part[0]) + part[1..], Field: type.TryGetField(prefix + part, out var field) ? field : null)).ToArray();
        return row =>
        {
            var values = parts.Select(part => KeyValuePair.Create(part.Key, part.Field is { } field ? row[field] : null)).ToArray();
            return values.All(part => part.Value is null) ? null : new SoqlCompound(values);
        };
    }

    private SObjectRow? Stage(SObjectRow row) => Stages.Find(org, row.Text("StageName"));

    private static decimal Quarter(DateOnly day) => ((day.Month - 1) / 3) + 1;

    private IEnumerable<SObjectRow> OpenTasks(SObjectRow row)
    {
        var tasks = org["Task"];
        return tasks.Rows.With(tasks.Field("WhatId"), row.Id).Where(task => !task.IsDeleted && task.Get("IsClosed") is false);
    }

    private string? AccountOf(SObjectRow row)
    {
        var what = org.Find(row.Text("WhatId"));
        return what is null ? org.Find(row.Text("WhoId"))?.Text("AccountId")
            : what.Type.Name == "Account" ? what.Id
            : what.Text("AccountId") ?? what.Text("Account__c");
    }

    private static string Preview(string content)
    {
        var text = World.Previews.Plain(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(content)));
        return text.Length <= 255 ? text : text[..255];
    }
}
