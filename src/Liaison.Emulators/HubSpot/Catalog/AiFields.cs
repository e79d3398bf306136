using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The fields on contacts that AI pipelines write, made at start when asked for.</summary>
internal static class AiFields
{
    public static void AddTo(Account account, DateTimeOffset now)
    {
        account.Contacts.Groups.Add(new PropertyGroup("ai_information", "AI information", account.Contacts.Groups.Count));
        Add(account, now, "ai_qualification_score", "AI qualification score", "number", "number");
        Add(account, now, "ai_qualification_rationale", "AI qualification rationale", "string", "textarea");
        Add(account, now, "ai_recommended_playbook", "AI recommended playbook", "enumeration", "select", "call_now:Call now", "email_sequence:E-mail sequence", "nurture:Nurture", "event_invite:Event invitation", "account_plan:Account plan", "disqualify:Disqualify");
        Add(account, now, "ai_last_updated", "AI last updated", "datetime", "date");
        Add(account, now, "ai_source_pipeline", "AI source pipeline", "string", "text");
    }

    private static void Add(Account account, DateTimeOffset now, string name, string label, string type, string fieldType, params string[] options) =>
        account.Contacts.Add(new PropertyDefinition
        {
            Name = name,
            Label = label,
            Type = type,
            FieldType = fieldType,
            GroupName = "ai_information",
            Options = [.. options.Select((option, at) => option.Split(':') is [var value, var text] ? new PropertyOption(text, value, at, false, null) : throw new ArgumentException(option))],
            CreatedUserId = "7001",
            CreatedAt = now,
            UpdatedAt = now,
        });
}
