using System.Text.Json;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>Finds records that a new or changed one may be a second entry of: contacts and leads by e-mail (contract section 10.1).</summary>
internal sealed class DuplicateRules(SalesforceEmulatorOptions options)
{
    /// <summary>Gets or sets whether the rule blocks, and no header passes it.</summary>
    public bool Blocks { get; set; }

    public SalesforceError? Check(Draft draft, WriteContext context)
    {
        if (!options.DuplicateRules || draft.Type.Name is not ("Contact" or "Lead") || (context.AllowDuplicates && !Blocks)
            || !draft.Type.TryGetField("Email", out var field) || !draft.Values.TryGetValue(field, out var value) || value is not string email)
        {
            return null;
        }

        // Without the header's wish the rule looks at all records, and may name one that the user cannot open.
        var matches = draft.Type.Rows.With(field, email)
            .Where(row => row != draft.Row && !row.IsDeleted && (!context.DuplicatesAsUser || context.Schema.Sharing.Sees(row))).Take(100).ToList();
        return matches.Count == 0 ? null : new SalesforceError("DUPLICATES_DETECTED", "Use one of these records?")
        {
            Duplicate = json => Write(json, draft.Type, matches, context.DuplicateDetails),
        };
    }

    private void Write(Utf8JsonWriter json, SObjectType type, List<SObjectRow> matches, bool details)
    {
        json.WriteStartObject(options.DuplicateKeySpelledRight ? "duplicateResult" : "duplicateResut");
        json.WriteBoolean("allowSave", !Blocks);
        json.WriteString("duplicateRule", $"Standard_{type.Name}_Duplicate_Rule");
        json.WriteString("duplicateRuleEntityType", type.Name);
        json.WriteString("errorMessage", "Use one of these records?");
        json.WriteStartArray("matchResults");
        json.WriteStartObject();
        json.WriteString("entityType", type.Name);
        json.WriteStartArray("errors");
        json.WriteEndArray();
        json.WriteString("matchEngine", "ExactMatchEngine");
        json.WriteStartArray("matchRecords");
        foreach (var row in matches)
        {
            json.WriteStartObject();
            json.WriteStartArray("additionalInformation");
            json.WriteEndArray();
            json.WriteStartArray("fieldDiffs");
            json.WriteEndArray();
            json.WriteNumber("matchConfidence", 100m);
            json.WriteStartObject("record");
            json.WriteStartObject("attributes");
            json.WriteString("type", type.Name);
            json.WriteString("url", $"/services/data/v{options.NewestVersion}.0/sobjects/{type.Name}/{row.Id}");
            json.WriteEndObject();
            json.WriteString("Id", row.Id);
            if (details)
            {
                json.WriteString("Name", row.Text("Name"));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("rule", $"Standard_{type.Name}_Match_Rule_v1_1");
        json.WriteNumber("size", matches.Count);
        json.WriteBoolean("success", true);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
