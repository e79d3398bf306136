namespace Liaison.Emulators.Salesforce.Soql.Schema;

/// <summary>The org as the running user sees it: what that user may not read is not in it.</summary>
/// <remarks>
/// SOQL over REST always runs with the token user's object, field and record access (contract sections 6.4 and 13),
/// so one schema belongs to one user; a hidden object or field is refused like one that never was.
/// </remarks>
internal interface ISoqlSchema
{
    /// <summary>Gets what date literals and currencies are read by.</summary>
    SoqlLocale Locale { get; }

    /// <summary>Finds an object by its API name, in any case; <see langword="null"/> where it is unknown or unreadable.</summary>
    ISoqlObject? Find(string name);

    /// <summary>Finds the object that a record id belongs to by its key prefix; <see langword="null"/> where none is readable.</summary>
    ISoqlObject? FindByPrefix(ReadOnlySpan<char> prefix);
}

/// <summary>One object as the running user sees it.</summary>
internal interface ISoqlObject
{
    /// <summary>Gets the API name, spelled as describe has it.</summary>
    string Name { get; }

    /// <summary>Gets the readable fields, in describe order, compounds included.</summary>
    IReadOnlyList<SoqlField> Fields { get; }

    /// <summary>Finds a readable field by its API name, in any case.</summary>
    SoqlField? Field(string name);

    /// <summary>Finds the reference field whose relationship carries this name (Account on Contact, Parent__r), in any case.</summary>
    SoqlField? Parent(string relationship);

    /// <summary>Finds a child relationship by its name (Contacts on Account), in any case; its object and field are readable.</summary>
    SoqlChild? Child(string relationship);

    /// <summary>Enumerates the records that sharing lets the user see, in the order of their ids.</summary>
    /// <param name="withDeleted">Whether those in the recycle bin come too (queryAll).</param>
    IEnumerable<ISoqlRow> Rows(bool withDeleted);

    /// <summary>Finds one record by its 18-character id; <see langword="null"/> where it is not there or not shared.</summary>
    ISoqlRow? Row(string id, bool withDeleted);

    /// <summary>Enumerates the visible records whose reference field holds an id, as <see cref="Rows"/> would give them.</summary>
    IEnumerable<ISoqlRow> RowsOf(SoqlField reference, string id, bool withDeleted);
}

/// <summary>One record.</summary>
internal interface ISoqlRow
{
    /// <summary>Gets the 18-character id.</summary>
    string Id { get; }

    /// <summary>Reads a field of the record's own object.</summary>
    /// <returns>
    /// <see langword="null"/>, <see cref="string"/>, <see cref="bool"/>, <see cref="decimal"/>, <see cref="DateOnly"/>,
    /// <see cref="DateTimeOffset"/>, <see cref="TimeOnly"/>, or <see cref="SoqlCompound"/> for addresses and locations.
    /// Multi-select picklists are their text joined by semicolons.
    /// </returns>
    object? Read(SoqlField field);
}

/// <summary>A child relationship of an object: whose records point here, by which field.</summary>
internal sealed record SoqlChild(string Relationship, ISoqlObject Object, SoqlField Field);

/// <summary>The parts of an address or location, in the order in which they are written.</summary>
internal sealed record SoqlCompound(IReadOnlyList<KeyValuePair<string, object?>> Parts);
