using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Webhooks;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Which records a subscription to objects is for, by their values.</summary>
internal sealed class JournalFilters(Refusals refusals)
{
    public Reply Create(Call call)
    {
        if (JournalSubscriptions.Of(call).Find(known => known.Id.ToString(CultureInfo.InvariantCulture) == call.Text("subscriptionId")) is not { } subscription)
        {
            return refusals.NotFound($"No subscription {call.Text("subscriptionId") ?? "(none)"} exists.");
        }

        var filter = new JournalFilter(call.Account.Events.Journals.NextId(), Instants.ToMilliseconds(call.Now), call.Body.MemberOf("filter").Clone());
        if (subscription.Kind != "OBJECT" || filter.Conditions.Count == 0)
        {
            return refusals.Validation("A filter belongs to an OBJECT subscription and has one or more conditions.");
        }

        if (filter.Conditions.FirstOrDefault(condition => !JournalCondition.Operators.Contains(condition.Operator)) is not null)
        {
            return refusals.InvalidJson($"operator must be one of [{string.Join(", ", JournalCondition.Operators)}]");
        }

        if (call.Account.TryGetType(subscription.ObjectTypeId, out var type)
            && filter.Conditions.FirstOrDefault(condition => !type.TryGetProperty(condition.Property, out _)) is { } unknown)
        {
            return refusals.Validation($"There is no property \"{unknown.Property}\" on {type.Name} to filter by.");
        }

        subscription.Filters.Add(filter);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("filterId", filter.Id);
            json.WriteEndObject();
        });
    }

    public Reply Of(Call call) => JournalSubscriptions.Of(call).Find(known => known.Id.ToString(CultureInfo.InvariantCulture) == call["subscription"]) is { } subscription
        ? Reply.Ok(json =>
        {
            json.WriteStartArray();
            subscription.Filters.ForEach(filter => Write(json, filter));
            json.WriteEndArray();
        })
        : refusals.NotFound($"No subscription {call["subscription"]} exists.");

    public Reply Get(Call call) => With(call, (_, filter) => Reply.Ok(json => Write(json, filter)));

    public Reply Delete(Call call) => With(call, (subscription, filter) =>
    {
        subscription.Filters.Remove(filter);
        return Reply.NoContent;
    });

    private Reply With(Call call, Func<JournalSubscription, JournalFilter, Reply> work)
    {
        foreach (var subscription in JournalSubscriptions.Of(call))
        {
            if (subscription.Filters.Find(filter => filter.Id.ToString(CultureInfo.InvariantCulture) == call["filter"]) is { } found)
            {
                return work(subscription, found);
            }
        }

        return refusals.NotFound($"No filter {call["filter"]} exists.");
    }

    private static void Write(Utf8JsonWriter json, JournalFilter filter)
    {
        json.WriteStartObject();
        json.WriteNumber("id", filter.Id);
        json.WriteNumber("createdAt", filter.CreatedAt.ToUnixTimeMilliseconds());
        json.WritePropertyName("filter");
        filter.Given.WriteTo(json);
        json.WriteEndObject();
    }
}
