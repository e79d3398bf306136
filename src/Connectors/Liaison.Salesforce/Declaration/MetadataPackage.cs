using System.Globalization;
using System.Text;
using System.Xml;
using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Salesforce.Declaration;

/// <summary>Writes fields as Salesforce's Metadata API takes them: an object with its fields, a permission set that shows them, and the list of both.</summary>
internal static class MetadataPackage
{
    private const string Namespace = "http://soap.sforce.com/2006/04/metadata";
    private const string PermissionSet = "Liaison_AI_Fields";
    private const int LongText = 32_768;
    private const int ShortText = 255;

    private static readonly XmlWriterSettings Settings = new() { Indent = true, IndentChars = "    ", NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    // By which a record that was made is found again, and made once however often it is asked for (contracts/salesforce.md 0.7).
    private static readonly FieldDefinition Key = new(SalesforceRecordTypes.KeyField, SalesforceRecordTypes.KeyField, "Liaison Key", FieldType.Text)
    {
        Unique = true, MaxLength = 64,
    };

    internal static FieldPackageDescriptor Value { get; } = new()
    {
        Write = Write,
        Deploy = "An administrator deploys it with: sf project deploy start --metadata-dir {folder} (Salesforce's own command line), "
            + $"and assigns the permission set {PermissionSet} to the users who are to see and write the fields.",
    };

    private static IReadOnlyList<PackageFile> Write(RecordTypeDescriptor type, string version, IReadOnlyList<FieldDefinition> fields)
    {
        var sobject = type.NativeName;
        IReadOnlyList<FieldDefinition> all = [.. fields, .. fields.Count > 0 ? [Key] : Array.Empty<FieldDefinition>()];
        return
        [
            new("package.xml", Document("Package", xml =>
            {
                Members(xml, "CustomField", all.Select(field => $"{sobject}.{field.NativeName}"));
                Members(xml, "PermissionSet", [PermissionSet]);
                xml.WriteElementString("version", Namespace, version.TrimStart('v'));
            })),
            new($"objects/{sobject}.object", Document("CustomObject", xml =>
            {
                foreach (var field in all)
                {
                    WriteField(xml, field);
                }
            })),
            new($"permissionsets/{PermissionSet}.permissionset", Document("PermissionSet", xml =>
            {
                foreach (var field in all)
                {
                    xml.WriteStartElement("fieldPermissions", Namespace);
                    Element(xml, "editable", "true");
                    Element(xml, "field", $"{sobject}.{field.NativeName}");
                    Element(xml, "readable", "true");
                    xml.WriteEndElement();
                }

                Element(xml, "label", "Liaison AI fields");
            })),
        ];
    }

    // Behind the name in the order of the alphabet, as Salesforce itself writes them.
    private static void WriteField(XmlWriter xml, FieldDefinition field)
    {
        xml.WriteStartElement("fields", Namespace);
        Element(xml, "fullName", field.NativeName);
        if (field.Unique)
        {
            Element(xml, "caseSensitive", "false");
        }

        Element(xml, "externalId", field.Unique ? "true" : "false");
        Element(xml, "label", field.Label);
        switch (field.Type)
        {
            case FieldType.Number:
                Element(xml, "precision", "3");
                Element(xml, "scale", "0");
                Element(xml, "type", "Number");
                break;
            case FieldType.Instant:
                Element(xml, "type", "DateTime");
                break;
            case FieldType.Option:
                Element(xml, "type", "Picklist");
                WriteChoices(xml, field.Options);
                break;
            case FieldType.Text when field.Name == FieldNames.AiRationale:
                Element(xml, "length", LongText.ToString(CultureInfo.InvariantCulture));
                Element(xml, "type", "LongTextArea");
                Element(xml, "visibleLines", "5");
                break;
            default:
                Element(xml, "length", (field.MaxLength ?? ShortText).ToString(CultureInfo.InvariantCulture));
                Element(xml, "type", "Text");
                break;
        }

        if (field.Unique)
        {
            Element(xml, "unique", "true");
        }

        xml.WriteEndElement();
    }

    private static void WriteChoices(XmlWriter xml, IReadOnlyList<OptionDefinition> options)
    {
        xml.WriteStartElement("valueSet", Namespace);
        Element(xml, "restricted", "true");
        xml.WriteStartElement("valueSetDefinition", Namespace);
        Element(xml, "sorted", "false");
        foreach (var option in options)
        {
            xml.WriteStartElement("value", Namespace);
            Element(xml, "fullName", option.Value);
            Element(xml, "default", "false");
            Element(xml, "label", option.Label);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Members(XmlWriter xml, string name, IEnumerable<string> members)
    {
        xml.WriteStartElement("types", Namespace);
        foreach (var member in members)
        {
            Element(xml, "members", member);
        }

        Element(xml, "name", name);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    private static string Document(string root, Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement(root, Namespace);
            write(xml);
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
