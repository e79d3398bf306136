using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>The one way in which records change: rows, collections, composites and jobs all come through here.</summary>
/// <remarks>Every member is called with the org held; what it changed stands in the context's log until that is kept or rolled back.</remarks>
internal sealed class RowWriter(Org org, ObjectRules rules, ValidationRules validations, DuplicateRules duplicates, RowLocks locks, Ledger<string> ledger)
{
    private int _caseNumber = 1_000;

    public WriteOutcome Create(WriteContext context, UserObject seen, RowInput input)
    {
        if (!seen.Type.Createable || !seen.Rights.Create)
        {
            return WriteOutcome.Fail("INSUFFICIENT_ACCESS_OR_READONLY", $"insufficient access rights on entity: {seen.Name}");
        }

        var draft = new Draft(seen, row: null);
        draft.Take(context.Schema, input);
        if (draft.Errors is [{ Code: "INVALID_FIELD" }, ..])
        {
            return WriteOutcome.Fail(draft.Errors[0]);
        }

        FillDefaults(draft, context);
        return Check(draft, context) ?? WriteOutcome.Done(Add(draft, context).Id, created: true);
    }

    public WriteOutcome Update(WriteContext context, UserObject seen, string id, RowInput input)
    {
        if (Find(seen, id, out var row) is { } missing)
        {
            return missing;
        }

        if (!seen.Type.Updateable || !context.Schema.Sharing.Edits(row))
        {
            return WriteOutcome.Fail("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
        }

        if (row.Get("IsConverted") is true)
        {
            return WriteOutcome.Fail("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        }

        var draft = new Draft(seen, row);
        draft.Take(context.Schema, input);
        if (draft.Errors is [{ Code: "INVALID_FIELD" }, ..])
        {
            return WriteOutcome.Fail(draft.Errors[0]);
        }

        if (draft.IsGiven("OwnerId") && draft.Will("OwnerId") as string != row.OwnerId && !context.Schema.Sharing.Transfers(row))
        {
            return WriteOutcome.Fail("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", "OwnerId");
        }

        if (Check(draft, context) is { } refused)
        {
            return refused;
        }

        Change(row, draft, context);
        return WriteOutcome.Done(row.Id);
    }

    /// <summary>Updates the record that a field names, or makes it; nothing where two are named (contract section 3.2).</summary>
    public WriteOutcome Upsert(WriteContext context, UserObject seen, SObjectField key, string value, RowInput input, bool updateOnly = false)
    {
        if (key.Name == "Id")
        {
            return value.Length == 0 ? Create(context, seen, input)
                : SalesforceId.TryParse(value, out var id) ? Update(context, seen, id, input)
                : WriteOutcome.Fail("MALFORMED_ID", $"Id: id value of incorrect type: {value}", "Id");
        }

        var found = seen.Type.Rows.With(key, value).Where(row => !row.IsDeleted && context.Schema.Sharing.Sees(row)).ToList();
        if (found.Count > 1)
        {
            return WriteOutcome.Fail("DUPLICATE_EXTERNAL_ID", $"{key.Name}: more than one record found for external id field: [{string.Join(", ", found.Take(5).Select(row => row.Id))}]") with { Candidates = found };
        }

        if (found is [var only])
        {
            return Update(context, seen, only.Id, input);
        }

        return updateOnly
            ? WriteOutcome.Fail("NOT_FOUND", "The requested resource does not exist")
            : Create(context, seen, input with { Values = [.. input.Values, KeyValuePair.Create(key.Name, (object?)value)] });
    }

    public WriteOutcome Delete(WriteContext context, UserObject seen, string id)
    {
        if (Find(seen, id, out var row) is { } missing)
        {
            return missing;
        }

        if (!seen.Type.Deletable || !context.Schema.Sharing.Deletes(row))
        {
            return WriteOutcome.Fail("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
        }

        if (row.Type.Children.FirstOrDefault(child => child.RestrictedDelete && Of(child, row).Any()) is { } kept)
        {
            return WriteOutcome.Fail("DELETE_FAILED", $"Your attempt to delete {row.Text("Name")} could not be completed because it is associated with the following {kept.Child.LabelPlural.ToLowerInvariant()}.");
        }

        Bin(row, context);
        return WriteOutcome.Done(row.Id);
    }

    /// <summary>Changes values past every rule of the API, as a person or an automation inside the org does.</summary>
    public void Change(SObjectRow row, Draft draft, WriteContext context)
    {
        var before = draft.Values.Keys.Select(field => (field, row[field])).ToList();
        var (modified, by, stamp) = (row.LastModifiedDate, row.LastModifiedById, row.SystemModstamp);
        foreach (var (field, value) in draft.Values)
        {
            row.Type.Rows.Set(row, field, value);
        }

        Stamp(row, context);
        context.Undo.Add(
            () =>
            {
                foreach (var (field, value) in before)
                {
                    row.Type.Rows.Set(row, field, value);
                }

                (row.LastModifiedDate, row.LastModifiedById, row.SystemModstamp) = (modified, by, stamp);
            },
            () => ledger.Write(row.Type.Name, row.Id, draft.Values.Keys.Where(field => draft.IsGiven(field.Name)).Select(field => field.Name)));
    }

    private static WriteOutcome? Find(UserObject seen, string id, out SObjectRow row)
    {
        row = seen.Find(id)!;
        return row switch
        {
            null => WriteOutcome.Fail("NOT_FOUND", "The requested resource does not exist"),
            { IsDeleted: true } => WriteOutcome.Fail("ENTITY_IS_DELETED", "entity is deleted"),
            _ => null,
        };
    }

    private WriteOutcome? Check(Draft draft, WriteContext context)
    {
        rules.Apply(draft, context);
        draft.RequireFields();
        if (draft.Errors.Count == 0)
        {
            draft.Errors.AddRange(validations.Check(draft));
        }

        if (draft.Errors.Count == 0 && (Unique(draft) ?? duplicates.Check(draft, context) ?? locks.Check(draft)) is { } refused)
        {
            draft.Errors.Add(refused);
        }

        return draft.Errors.Count > 0 ? WriteOutcome.Fail(draft.Errors) : null;
    }

    private static SalesforceError? Unique(Draft draft)
    {
        foreach (var (field, value) in draft.Values)
        {
            if (field.Unique && value is not null && draft.Type.Rows.With(field, value.ToString()!).FirstOrDefault(row => row != draft.Row) is { } taken)
            {
                return new("DUPLICATE_VALUE", $"duplicate value found: {field.Name} duplicates value on record with id: {taken.Id[..SalesforceId.Short]}", []);
            }
        }

        return null;
    }

    private void FillDefaults(Draft draft, WriteContext context)
    {
        foreach (var field in draft.Type.Fields.Where(field => field is { Computed: null, DefaultValue: not null } && field.Type != SoqlType.Boolean && !draft.Values.ContainsKey(field)))
        {
            draft.Set(field.Name, field.DefaultValue);
        }

        if (draft.Type.OwnerField is not null && draft.Will("OwnerId") is null)
        {
            draft.Set("OwnerId", context.Schema.User.Id);
        }

        if (draft.Type.Name == "Case")
        {
            draft.Set("CaseNumber", (++_caseNumber).ToString("D8", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private SObjectRow Add(Draft draft, WriteContext context)
    {
        var row = draft.Type.Rows.Create();
        foreach (var (field, value) in draft.Values)
        {
            row[field] = value;
        }

        // The org's own automation gives every record a key of its own, so that it can be upserted by later.
        if (draft.Type.TryGetField("Liaison_Key__c", out var key) && row[key] is null)
        {
            row[key] = row.Id;
        }

        if (draft.Type.NameField is { Computed: null, DefaultedOnCreate: true } name && row[name] is null)
        {
            row[name] = row.Id[..SalesforceId.Short];
        }

        Stamp(row, context);
        (row.CreatedDate, row.CreatedById) = (row.LastModifiedDate, row.LastModifiedById);
        draft.Type.Rows.Add(row);
        context.Undo.Add(() => draft.Type.Rows.Remove(row), () => ledger.Write(row.Type.Name, row.Id, draft.Values.Keys.Where(field => draft.IsGiven(field.Name)).Select(field => field.Name)));
        if (draft.Type.Name == "ContentNote")
        {
            AddDocument(row, context);
        }

        return row;
    }

    /// <summary>A note of content is a document too, under the same id.</summary>
    private void AddDocument(SObjectRow note, WriteContext context)
    {
        var documents = org["ContentDocument"];
        var document = documents.Rows.Create(note.Number);
        document[documents.Field("Title")] = note.Text("Title");
        document[documents.Field("OwnerId")] = note.OwnerId;
        document[documents.Field("FileType")] = "SNOTE";
        document[documents.Field("FileExtension")] = "snote";
        Stamp(document, context);
        (document.CreatedDate, document.CreatedById) = (document.LastModifiedDate, document.LastModifiedById);
        documents.Rows.Add(document);
        context.Undo.Add(() => documents.Rows.Remove(document));
    }

    private void Bin(SObjectRow row, WriteContext context)
    {
        foreach (var child in row.Type.Children.Where(child => child.CascadeDelete))
        {
            foreach (var orphan in Of(child, row).ToList())
            {
                Bin(orphan, context);
            }
        }

        var (modified, by, stamp) = (row.LastModifiedDate, row.LastModifiedById, row.SystemModstamp);
        (row.IsDeleted, row.DeletedAt) = (true, Moments.ToSeconds(context.Now));
        Stamp(row, context);
        context.Undo.Add(
            () =>
            {
                (row.IsDeleted, row.DeletedAt) = (false, null);
                (row.LastModifiedDate, row.LastModifiedById, row.SystemModstamp) = (modified, by, stamp);
            },
            () => ledger.Write(row.Type.Name, row.Id, ["IsDeleted"]));
    }

    private static IEnumerable<SObjectRow> Of(ChildRelationship child, SObjectRow row) =>
        child.Field.Computed is null ? child.Child.Rows.With(child.Field, row.Id).Where(each => !each.IsDeleted) : [];

    private static void Stamp(SObjectRow row, WriteContext context)
    {
        row.LastModifiedDate = row.SystemModstamp = Moments.ToSeconds(context.Now);
        row.LastModifiedById = context.Schema.User.Id;
    }
}
