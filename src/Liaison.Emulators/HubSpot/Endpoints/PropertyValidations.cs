using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The rules that the account's administrator laid on property values.</summary>
internal sealed class PropertyValidations(Refusals refusals)
{
    public Reply List(Call call) => WithType(call, type => PipelineReads.Results([.. call.Account.Rules.For(type)], (json, entry) =>
    {
        json.WriteStartObject();
        json.WriteString("propertyName", entry.Property);
        json.WriteStartArray("propertyValidationRules");
        foreach (var rule in entry.Rules)
        {
            Write(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    public Reply OfProperty(Call call) => WithType(call, type => PipelineReads.Results([.. call.Account.Rules.For(type, call["name"])], Write));

    public Reply Get(Call call) => WithType(call, type => call.Account.Rules.For(type, call["name"]).FirstOrDefault(rule => rule.Type == call["rule"]) is { } found
        ? Reply.Ok(json => Write(json, found))
        : refusals.NotFound($"No rule {call["rule"]} is laid on {call["name"]}."));

    public Reply Put(Call call) => WithType(call, type =>
    {
        if (!type.TryGetProperty(call["name"], out _))
        {
            return PropertyReads.NotFound(refusals, call["name"]);
        }

        call.Account.Rules.Set(type, call["name"], new ValidationRule(call["rule"], call.Body.TextsOf("ruleArguments"), call.Body.FlagOf("shouldApplyNormalization", false)));
        return Reply.NoContent;
    });

    private Reply WithType(Call call, Func<ObjectType, Reply> work) =>
        call.Account.TryGetType(call["type"], out var type) ? work(type) : refusals.UnknownType(call["type"]);

    private static void Write(Utf8JsonWriter json, ValidationRule rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleType", rule.Type);
        json.WriteStartArray("ruleArguments");
        foreach (var argument in rule.Arguments)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteBoolean("shouldApplyNormalization", rule.Normalize);
        json.WriteEndObject();
    }
}
