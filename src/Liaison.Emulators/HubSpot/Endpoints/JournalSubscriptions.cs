using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Webhooks;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>What an app's journal takes down.</summary>
internal sealed class JournalSubscriptions(Refusals refusals)
{
    private static readonly Dictionary<string, string[]> ActionsOf = new()
    {
        ["OBJECT"] = ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE", "SNAPSHOT"],
        ["ASSOCIATION"] = ["ASSOCIATION_ADDED", "ASSOCIATION_REMOVED"],
        ["LIST_MEMBERSHIP"] = ["ADDED_TO_LIST", "REMOVED_FROM_LIST"],
        ["GDPR_PRIVACY_DELETION"] = ["GDPR_DELETE"],
        ["APP_LIFECYCLE_EVENT"] = ["APP_INSTALL", "APP_UNINSTALL"],
    };

    public static Reply List(Call call) => PipelineReads.Results(Of(call), (json, subscription) => Write(json, call, subscription));

    public Reply Get(Call call) => With(call, subscription => Reply.Ok(json => Write(json, call, subscription)));

    public Reply Delete(Call call) => With(call, subscription =>
    {
        Of(call).Remove(subscription);
        return Reply.NoContent;
    });

    public Reply DeleteOfPortal(Call call)
    {
        if (call["portal"] != call.Account.PortalId.ToString(CultureInfo.InvariantCulture))
        {
            return refusals.NotFound($"The app is not installed in account {call["portal"]}.");
        }

        Of(call).Clear();
        return Reply.NoContent;
    }

    /// <summary>Makes a subscription, or changes the one that there is of its kind and type.</summary>
    public Reply Upsert(Call call)
    {
        if (call.Text("subscriptionType") is not { } kind || !ActionsOf.TryGetValue(kind, out var possible))
        {
            return refusals.InvalidJson($"subscriptionType must be one of [{string.Join(", ", ActionsOf.Keys)}]");
        }

        var isLifecycle = kind == "APP_LIFECYCLE_EVENT";
        if (!isLifecycle && call.Text("portalId") != call.Account.PortalId.ToString(CultureInfo.InvariantCulture))
        {
            return refusals.NotPermitted($"The app is not installed in account {call.Text("portalId") ?? "(none)"}.");
        }

        var actions = isLifecycle ? possible : call.Body.TextsOf("actions");
        if (actions.Count == 0 || actions.Except(possible).Any())
        {
            return refusals.Validation($"The actions of a {kind} subscription are one or more of {string.Join(", ", possible)}.");
        }

        var typeId = call.Text(isLifecycle ? "eventTypeId" : "objectTypeId") ?? "";
        if (!isLifecycle && kind != "LIST_MEMBERSHIP")
        {
            if (!call.Account.TryGetType(typeId, out var type))
            {
                return refusals.UnknownType(typeId);
            }

            typeId = type.Id;
        }

        if (kind == "LIST_MEMBERSHIP" && (Numbers(call, "listIds") is not { Count: > 0 } lists || lists.Any(id => call.Account.Lists.Find(id) is not { DeletedAt: null })))
        {
            return refusals.Validation("A LIST_MEMBERSHIP subscription needs the listIds of lists of this account.");
        }

        var now = Instants.ToMilliseconds(call.Now);
        var subscription = Of(call).Find(known => known.Kind == kind && known.ObjectTypeId == typeId);
        if (subscription is null)
        {
            subscription = new JournalSubscription(call.Account.Events.Journals.NextId(), kind, typeId, now);
            Of(call).Add(subscription);
        }

        subscription.UpdatedAt = now;
        subscription.Actions = [.. actions];
        subscription.ObjectIds = Numbers(call, "objectIds");
        subscription.ListIds = Numbers(call, "listIds");
        subscription.Properties = call.Body.TextsOf("properties");
        subscription.AssociatedTypeIds = call.Body.TextsOf("associatedObjectTypeIds");
        return Reply.Ok(json => Write(json, call, subscription));
    }

    public static List<JournalSubscription> Of(Call call) => call.Account.Events.Journals.Of(call.Caller.App.Id).Subscriptions;

    private Reply With(Call call, Func<JournalSubscription, Reply> work) =>
        Of(call).Find(known => known.Id.ToString(CultureInfo.InvariantCulture) == call["subscription"]) is { } found
            ? work(found)
            : refusals.NotFound($"No subscription {call["subscription"]} exists.");

    private static List<long> Numbers(Call call, string name) => [.. call.Body.TextsOf(name).Select(ListAccess.Number).OfType<long>()];

    private static void Write(Utf8JsonWriter json, Call call, JournalSubscription subscription)
    {
        json.WriteStartObject();
        json.WriteNumber("id", subscription.Id);
        json.WriteNumber("appId", call.Caller.App.Id);
        json.WriteNumber("portalId", call.Account.PortalId);
        json.WriteString("subscriptionType", subscription.Kind);
        json.WriteString("objectTypeId", subscription.ObjectTypeId);
        Write(json, "actions", subscription.Actions, json.WriteStringValue);
        Write(json, "objectIds", subscription.ObjectIds, json.WriteNumberValue);
        Write(json, "listIds", subscription.ListIds, json.WriteNumberValue);
        Write(json, "properties", subscription.Properties, json.WriteStringValue);
        Write(json, "associatedObjectTypeIds", subscription.AssociatedTypeIds, json.WriteStringValue);
        RecordJson.WriteMoment(json, "createdAt", subscription.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", subscription.UpdatedAt);
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
