using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Writing;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>What people do inside the org and no REST call can: edit by hand, merge, undelete, purge, hold rows, convert leads.</summary>
internal sealed class RecordControl(Org org, RowWriter writer, RowLocks locks, UserSchema administrator, EmulatorClock clock)
{
    /// <summary>Edits a record: {"fields":{…}}.</summary>
    public Reply Edit(string typeName, string id, JsonElement body)
    {
        if (!TryFind(id, out var row) || !string.Equals(row.Type.Name, typeName, StringComparison.OrdinalIgnoreCase))
        {
            return ControlJson.Problem(404, $"There is no {typeName} {id}.");
        }

        var undo = new UndoLog();
        var outcome = writer.Update(new WriteContext(administrator, clock.Now, undo, AutoAssign: false, AllowDuplicates: true), administrator.Of(row.Type)!, row.Id, RowInput.Read(body.MemberOf("fields")));

        // Hand-made edits are not in the ledger: it tells what clients wrote.
        return outcome.Success ? ControlJson.Done("systemModstamp", Moments.Format(row.SystemModstamp)) : ControlJson.Problem(400, outcome.Errors[0].Message);
    }

    /// <summary>Merges as the screens and SOAP do: {"winner":"003…","losers":["003…"]} (contract section 12).</summary>
    public Reply Merge(JsonElement body)
    {
        if (!TryFind(body.TextOf("winner"), out var winner) || !winner.Type.Mergeable)
        {
            return ControlJson.Problem(404, "The winner must be an account, contact or lead that is there.");
        }

        foreach (var text in body.TextsOf("losers"))
        {
            if (!TryFind(text, out var loser) || loser.Type != winner.Type || loser == winner)
            {
                return ControlJson.Problem(400, $"{text} is no other {winner.Type.Name}.");
            }

            foreach (var child in winner.Type.Children.Where(child => child.Field.Computed is null))
            {
                foreach (var row in child.Child.Rows.With(child.Field, loser.Id).ToList())
                {
                    child.Child.Rows.Set(row, child.Field, winner.Id);
                    row.SystemModstamp = Moments.ToSeconds(clock.Now);
                }
            }

            (loser.IsDeleted, loser.DeletedAt, loser.MasterRecordId) = (true, Moments.ToSeconds(clock.Now), winner.Id);
            Touch(loser);
        }

        Touch(winner);
        return ControlJson.Done("winner", winner.Id);
    }

    /// <summary>Takes a record out of the recycle bin: {"id":"003…"}.</summary>
    public Reply Undelete(JsonElement body)
    {
        if (!TryFind(body.TextOf("id"), out var row) || !row.IsDeleted || row.MasterRecordId is not null)
        {
            return ControlJson.Problem(404, "There is no such record in the recycle bin.");
        }

        (row.IsDeleted, row.DeletedAt) = (false, null);
        Touch(row);
        return ControlJson.Done("id", row.Id);
    }

    /// <summary>Empties the recycle bin of an object: {"object":"Contact"}; what is purged is seen by nothing any more.</summary>
    public Reply Purge(JsonElement body)
    {
        if (!org.TryGetType(body.TextOf("object") ?? "", out var type))
        {
            return ControlJson.Problem(404, "There is no such object.");
        }

        var gone = type.Rows.All.Where(row => row.IsDeleted).ToList();
        foreach (var row in gone)
        {
            type.Rows.Remove(row);
        }

        return ControlJson.Done("purged", gone.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Marks a lead converted: {"id":"00Q…","contactId":"003…","accountId":"001…"}.</summary>
    public Reply Convert(JsonElement body)
    {
        if (!TryFind(body.TextOf("id"), out var lead) || lead.Type.Name != "Lead")
        {
            return ControlJson.Problem(404, "There is no such lead.");
        }

        lead[lead.Type.Field("IsConverted")] = true;
        lead[lead.Type.Field("Status")] = "Closed - Converted";
        lead[lead.Type.Field("ConvertedDate")] = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        foreach (var (member, field) in new[] { ("contactId", "ConvertedContactId"), ("accountId", "ConvertedAccountId"), ("opportunityId", "ConvertedOpportunityId") })
        {
            lead.Type.Rows.Set(lead, lead.Type.Field(field), body.TextOf(member));
        }

        Touch(lead);
        return ControlJson.Done("id", lead.Id);
    }

    /// <summary>Holds a row as another transaction does: {"id":"001…","tries":3}; so many writes to it or below it fail.</summary>
    public Reply Hold(JsonElement body)
    {
        if (!TryFind(body.TextOf("id"), out var row))
        {
            return ControlJson.Problem(404, "There is no such record.");
        }

        locks.Hold(row.Id, body.NumberOf("tries", 1));
        return ControlJson.Done("held", row.Id);
    }

    private bool TryFind(string? id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SObjectRow? row)
    {
        row = SalesforceId.TryParse(id, out var parsed) ? org.Find(parsed) : null;
        return row is not null;
    }

    private void Touch(SObjectRow row)
    {
        row.LastModifiedDate = row.SystemModstamp = Moments.ToSeconds(clock.Now);
        row.LastModifiedById = administrator.User.Id;
    }
}
