using Liaison.Model;

namespace Liaison.Salesforce.Declaration;

/// <summary>How Salesforce keeps the links between two types; sections 4 and 12 of contracts/salesforce.md.</summary>
internal abstract record LinkRule
{
    private LinkRule()
    {
    }

    /// <summary>Finds how two types are linked, seen from the first.</summary>
    /// <returns><see langword="null"/> where Salesforce keeps no link between them that is known here.</returns>
    internal static LinkRule? Of(RecordType from, RecordType to)
    {
        if (Fields.FirstOrDefault(field => field.Holder == from && field.Held == to) is { } own)
        {
            return own;
        }

        return Fields.FirstOrDefault(field => field.Holder == to && field.Held == from) is { } others ? others with { Reversed = true }
            : (from == RecordType.Contact && to == RecordType.Deal) || (from == RecordType.Deal && to == RecordType.Contact)
                ? new Role(from == RecordType.Contact)
                : null;
    }

    /// <summary>Finds the field of a type's own rows that holds ids of one other type and of no other.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    internal static Field? HeldBy(RecordType holder, RecordType held) => Of(holder, held) is Field { Reversed: false, Polymorphic: null } field ? field : null;

    /// <summary>A field of one record holds the id of the other.</summary>
    /// <param name="Polymorphic">The relationship's name, where the field may hold ids of several types.</param>
    internal sealed record Field(RecordType Holder, string Name, RecordType Held, string? Polymorphic = null) : LinkRule
    {
        /// <summary>Gets a value indicating whether the link is asked for from the record that is held.</summary>
        internal bool Reversed { get; init; }
    }

    /// <summary>A row between contact and deal, with the part that the contact plays and a mark for the first.</summary>
    internal sealed record Role(bool FromContact) : LinkRule
    {
        internal const string Sobject = "OpportunityContactRole";
        internal const string Label = "Role";
        internal const string Primary = "IsPrimary";

        private const string Contact = "ContactId";
        private const string Deal = "OpportunityId";

        internal string FromField => FromContact ? Contact : Deal;

        internal string ToField => FromContact ? Deal : Contact;
    }

    private static IReadOnlyList<Field> Fields { get; } =
    [
        new(RecordType.Contact, "AccountId", RecordType.Company),
        new(RecordType.Deal, "AccountId", RecordType.Company),
        new(RecordType.Ticket, "AccountId", RecordType.Company),
        new(RecordType.Ticket, "ContactId", RecordType.Contact),
        .. from activity in new[] { RecordType.Task, RecordType.Call, RecordType.Meeting }
           from field in new Field[]
           {
               new(activity, "WhoId", RecordType.Contact, "Who"),
               new(activity, "WhoId", RecordType.Lead, "Who"),
               new(activity, "WhatId", RecordType.Company, "What"),
               new(activity, "WhatId", RecordType.Deal, "What"),
               new(activity, "WhatId", RecordType.Ticket, "What"),
           }
           select field,
        .. from about in new[] { RecordType.Company, RecordType.Deal, RecordType.Ticket }
           select new Field(RecordType.Email, "RelatedToId", about, "RelatedTo"),
        .. from about in new[] { RecordType.Contact, RecordType.Company, RecordType.Deal, RecordType.Lead }
           select new Field(RecordType.Note, "ParentId", about, "Parent"),
    ];
}
