using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Liaison.House.Tests.Compiled;

/// <summary>Reads every use out of an assembly: declarations, signatures, attributes, and what method bodies touch.</summary>
internal sealed class UseReader(PEReader file, MetadataReader metadata, TypeNames names)
{
    public IEnumerable<Use> Read() => metadata.TypeDefinitions.SelectMany(Read);

    private IEnumerable<Use> Read(TypeDefinitionHandle handle)
    {
        var by = names.Of(handle);
        var type = metadata.GetTypeDefinition(handle);
        var declared = names.Of(type.BaseType)
            .Concat(type.GetInterfaceImplementations().SelectMany(held => names.Of(metadata.GetInterfaceImplementation(held).Interface)))
            .Concat(AttributesOn(type.GetCustomAttributes()))
            .Concat(ConstraintsOf(type.GetGenericParameters()))
            .Concat(type.GetFields().Select(metadata.GetFieldDefinition).SelectMany(field =>
                field.DecodeSignature(names, null).Concat(AttributesOn(field.GetCustomAttributes()))));

        return declared.Select(of => new Use(by, "", of, null))
            .Concat(type.GetMethods().SelectMany(method => Read(by, type, metadata.GetMethodDefinition(method))));
    }

    private IEnumerable<Use> Read(TypeKey by, TypeDefinition type, MethodDefinition method)
    {
        var signature = method.DecodeSignature(names, null);
        var declared = signature.ReturnType
            .Concat(signature.ParameterTypes.SelectMany(parameter => parameter))
            .Concat(ConstraintsOf(method.GetGenericParameters()))
            .Concat(AttributesOn(method.GetCustomAttributes()));
        var written = WrittenName(metadata.GetString(type.Name), metadata.GetString(method.Name));

        return declared.Select(of => new Use(by, "", of, null))
            .Concat(method.RelativeVirtualAddress == 0 ? [] : InBody(file.GetMethodBody(method.RelativeVirtualAddress)))
            .Select(use => use with { By = by, In = written });
    }

    private IEnumerable<Use> InBody(MethodBodyBlock body)
    {
        var locals = body.LocalSignature.IsNil
            ? []
            : metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null).SelectMany(local => local);
        var caught = body.ExceptionRegions.SelectMany(region => names.Of(region.CatchType));

        return locals.Concat(caught).Select(of => new Use(default, "", of, null))
            .Concat(BodyTokens.Of(body.GetILReader()).SelectMany(Touched));
    }

    private IEnumerable<Use> Touched(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition => Touched((MethodDefinitionHandle)handle),
        HandleKind.FieldDefinition => Touched((FieldDefinitionHandle)handle),
        HandleKind.MemberReference => Touched((MemberReferenceHandle)handle),
        HandleKind.MethodSpecification => Touched((MethodSpecificationHandle)handle),
        _ => names.Of(handle).Select(of => new Use(default, "", of, null)),
    };

    private IEnumerable<Use> Touched(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return [new Use(default, "", names.Of(method.GetDeclaringType()), metadata.GetString(method.Name))];
    }

    private IEnumerable<Use> Touched(FieldDefinitionHandle handle)
    {
        var field = metadata.GetFieldDefinition(handle);
        return [new Use(default, "", names.Of(field.GetDeclaringType()), metadata.GetString(field.Name))];
    }

    private IEnumerable<Use> Touched(MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        var name = metadata.GetString(member.Name);

        // Of a generic type the first is the one that has the member; the others are its arguments.
        return names.Of(member.Parent).Select((of, place) => new Use(default, "", of, place == 0 ? name : null));
    }

    private IEnumerable<Use> Touched(MethodSpecificationHandle handle)
    {
        var method = metadata.GetMethodSpecification(handle);
        return Touched(method.Method).Concat(method.DecodeSignature(names, null)
            .SelectMany(argument => argument)
            .Select(of => new Use(default, "", of, null)));
    }

    private IEnumerable<TypeKey> AttributesOn(CustomAttributeHandleCollection attributes) => attributes
        .Select(handle => metadata.GetCustomAttribute(handle).Constructor)
        .SelectMany(Touched)
        .Select(use => use.Of);

    private IEnumerable<TypeKey> ConstraintsOf(GenericParameterHandleCollection parameters) => parameters
        .SelectMany(handle => metadata.GetGenericParameter(handle).GetConstraints())
        .SelectMany(handle => names.Of(metadata.GetGenericParameterConstraint(handle).Type));

    /// <summary>Finds the method that a person wrote behind lambdas, local functions, iterators and async bodies.</summary>
    private static string WrittenName(string type, string method)
    {
        var made = method is ['<', not '>', ..] ? method : type is ['<', not '>', ..] ? type : null;
        return made is not null && made.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? made[1..end] : method;
    }
}
