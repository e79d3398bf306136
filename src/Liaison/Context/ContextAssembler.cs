using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Context;

/// <summary>Puts records together to a packet: pure, so that equal inputs make equal bytes.</summary>
internal static class ContextAssembler
{
    /// <summary>Assembles a packet; a company that is not there or could not be read leaves its section unavailable and fails nothing.</summary>
    /// <param name="company">The contact's company; <see langword="null"/> where none is linked or it could not be read.</param>
    /// <param name="companyFailure">Why the company could not be read.</param>
    public static ContextPacket Assemble(
        ContextProfile profile, Record contact, Record? company, Failure? companyFailure = null)
    {
        var sections = new List<ContextSection>(profile.Sections.Count);
        List<UnavailableSection>? unavailable = null;
        foreach (var section in profile.Sections)
        {
            if ((section.Type == RecordType.Company ? company : contact) is { } record)
            {
                sections.Add(Fill(section, record, profile.StaleAfter));
            }
            else
            {
                unavailable ??= [];
                unavailable.Add(new UnavailableSection(
                    section.Name, companyFailure?.Message ?? $"No {section.Type} is linked to the {contact.Ref.Type}."));
            }
        }

        return new ContextPacket(contact.Ref, profile.Name, sections, unavailable ?? []);
    }

    private static ContextSection Fill(ProfileSection section, Record record, TimeSpan staleAfter)
    {
        var fields = new Field[section.Fields.Count];
        for (var index = 0; index < fields.Length; index++)
        {
            // The reader asks for every field that the permit covers, so that one without a trace was not permitted.
            fields[index] = record.Fields.TryGetValue(section.Fields[index], out var field)
                ? field
                : new Field(section.Fields[index], FieldState.NotPermitted, null, NativeValue.Missing);
        }

        // Measured from the reading, not from now: the same records make the same packet tomorrow.
        var stale = record.UpdatedAt is { } updated && record.Provenance.ReadAt - updated > staleAfter;
        return new ContextSection(section.Name, fields, record.Provenance, record.UpdatedAt, stale);
    }
}
