using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Webhooks;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Where an app's events go and of what it wants to hear (contract section 11).</summary>
internal sealed class WebhookSettings(Refusals refusals, BatchAnswer answer)
{
    private const int MostSubscriptions = 1_000;

    private static readonly string[] LegacyTypes = ["company", "contact", "deal", "line_item", "product", "ticket"];

    private static readonly string[] Kinds = ["associationChange", "creation", "deletion", "merge", "propertyChange", "restore"];

    public Reply Read(Call call) => WithTarget(call, app => Reply.Ok(json => Write(json, app)));

    public Reply Put(Call call)
    {
        if (!TryFind(call, out var app))
        {
            return NoApp(call);
        }

        // The emulator speaks to nobody outside of the machine it runs on.
        if (!Uri.TryCreate(call.Text("targetUrl"), UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https") || !target.IsLoopback)
        {
            return refusals.Validation("The targetUrl must be an http address of this machine: the emulator delivers nowhere else.");
        }

        var now = Instants.ToMilliseconds(call.Now);
        app.CreatedAt = app.Target is null ? now : app.CreatedAt;
        (app.Target, app.UpdatedAt) = (target, now);
        app.MaxConcurrentRequests = Math.Max(1, call.Body.MemberOf("throttling").NumberOf("maxConcurrentRequests", app.MaxConcurrentRequests));
        return Reply.Ok(json => Write(json, app));
    }

    public Reply Clear(Call call) => WithTarget(call, app =>
    {
        app.Target = null;
        return Reply.NoContent;
    });

    public Reply List(Call call) => TryFind(call, out var app) ? PipelineReads.Results([.. app.Subscriptions], Write) : NoApp(call);

    public Reply Get(Call call) => WithSubscription(call, (_, subscription) => Reply.Ok(json => Write(json, subscription)));

    public Reply Create(Call call)
    {
        if (!TryFind(call, out var app))
        {
            return NoApp(call);
        }

        if (call.Text("eventType") is not { } eventType || !IsKnown(eventType))
        {
            return refusals.Validation("The eventType is none that this API sends.");
        }

        var (property, typeId) = (call.Text("propertyName"), call.Text("objectTypeId"));
        if (eventType.EndsWith(".propertyChange", StringComparison.Ordinal) != property is not null)
        {
            return refusals.Validation("A propertyName belongs to propertyChange subscriptions, and to them only.");
        }

        if (eventType.StartsWith("object.", StringComparison.Ordinal) && (typeId is null || !call.Account.TryGetType(typeId, out _)))
        {
            return refusals.Validation("A subscription to object events needs the objectTypeId of a type of this account.");
        }

        if (app.Subscriptions.Count >= MostSubscriptions)
        {
            return refusals.Validation($"An app has at most {MostSubscriptions} subscriptions.");
        }

        var made = new Subscription(call.Account.Events.NextSubscription(), eventType, property, typeId, Instants.ToMilliseconds(call.Now))
        {
            Active = call.Body.FlagOf("active", otherwise: false),
        };
        app.Subscriptions.Add(made);
        return new Reply(201, json => Write(json, made));
    }

    public Reply Patch(Call call) => WithSubscription(call, (_, subscription) =>
    {
        Switch(call, subscription, call.Body.FlagOf("active", subscription.Active));
        return Reply.Ok(json => Write(json, subscription));
    });

    public Reply Delete(Call call) => WithSubscription(call, (app, subscription) =>
    {
        app.Subscriptions.Remove(subscription);
        return Reply.NoContent;
    });

    public Reply BatchUpdate(Call call)
    {
        if (!TryFind(call, out var app))
        {
            return NoApp(call);
        }

        var results = new List<Action<Utf8JsonWriter>>();
        var unknown = new List<string>();
        foreach (var input in call.Items("inputs"))
        {
            if (app.Subscriptions.Find(known => known.Id == input.NumberOf("id", 0)) is { } subscription)
            {
                Switch(call, subscription, input.FlagOf("active", subscription.Active));
                results.Add(json => Write(json, subscription));
            }
            else
            {
                unknown.Add(input.TextOf("id") ?? "");
            }
        }

        return answer.Of(call, 200, results, unknown.Count == 0 ? [] : [new BatchFault("OBJECT_NOT_FOUND", "Some subscriptions do not exist.", null, [("ids", unknown)])]);
    }

    private static void Switch(Call call, Subscription subscription, bool active) =>
        (subscription.Active, subscription.UpdatedAt) = (active, Instants.ToMilliseconds(call.Now));

    private static bool IsKnown(string eventType) => eventType == "contact.privacyDeletion"
        || (eventType.Split('.') is [var type, var kind] && Kinds.Contains(kind) && (type == "object" || LegacyTypes.Contains(type)));

    private static bool TryFind(Call call, [NotNullWhen(true)] out AppWebhooks? app) =>
        (app = long.TryParse(call["appId"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? call.Account.Events.Find(id) : null) is not null;

    private Reply NoApp(Call call) => refusals.NotFound($"No app {call["appId"]} exists in this account.");

    private Reply WithTarget(Call call, Func<AppWebhooks, Reply> work) =>
        !TryFind(call, out var app) ? NoApp(call)
        : app.Target is null ? refusals.NotFound("The app has no webhook settings.")
        : work(app);

    private Reply WithSubscription(Call call, Func<AppWebhooks, Subscription, Reply> work) =>
        !TryFind(call, out var app) ? NoApp(call)
        : app.Subscriptions.Find(known => known.Id.ToString(CultureInfo.InvariantCulture) == call["subscriptionId"]) is { } found ? work(app, found)
        : refusals.NotFound($"No subscription {call["subscriptionId"]} exists.");

    private static void Write(Utf8JsonWriter json, AppWebhooks app)
    {
        json.WriteStartObject();
        json.WriteString("targetUrl", app.Target!.OriginalString);
        json.WriteStartObject("throttling");
        json.WriteNumber("maxConcurrentRequests", app.MaxConcurrentRequests);
        json.WriteEndObject();
        RecordJson.WriteMoment(json, "createdAt", app.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", app.UpdatedAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Subscription subscription)
    {
        json.WriteStartObject();
        json.WriteString("id", subscription.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("eventType", subscription.EventType);
        if (subscription.PropertyName is { } property)
        {
            json.WriteString("propertyName", property);
        }

        if (subscription.ObjectTypeId is { } type)
        {
            json.WriteString("objectTypeId", type);
        }

        json.WriteBoolean("active", subscription.Active);
        RecordJson.WriteMoment(json, "createdAt", subscription.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", subscription.UpdatedAt);
        json.WriteEndObject();
    }
}
