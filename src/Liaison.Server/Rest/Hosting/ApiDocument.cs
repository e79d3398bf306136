using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Liaison.Model;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Liaison.Server.Rest.Hosting;

/// <summary>The OpenAPI document of the REST door.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public static IServiceCollection AddApiDocument(this IServiceCollection services, AccessOptions access) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Liaison",
                Version = Name,
                Description = "The governed door between a company's CRMs and its AI tools. Every request is bounded by the rights of the user behind it.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [KeyAuthentication.SchemeName] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "lia_…", Description = "An API key, as liaison key create prints it.",
                },
            };
            if (access.Oidc is { } oidc)
            {
                document.Components.SecuritySchemes[OidcAuthentication.SchemeName] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OpenIdConnect,
                    OpenIdConnectUrl = new Uri($"{oidc.Issuer.TrimEnd('/')}/.well-known/openid-configuration"),
                    Description = "An access token of the company's identity provider.",
                };
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
            {
                operation.Security = [.. SchemesOf(access).Select(scheme => new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
                })];
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = "Liaison-Purpose",
                    In = ParameterLocation.Header,
                    Description = "What the request is for; left out for the credential's first purpose.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // What is null is left out of an answer and may be left out of a request.
            schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(IsNullable).Select(property => property.Name));

            // Fields are written by hand, so the generator cannot see their shape.
            if (context.JsonTypeInfo.Type == typeof(RecordView))
            {
                schema.Properties!["fields"] = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = FieldSchema() };
            }

            return Task.CompletedTask;
        });
    });

    private static bool IsNullable(JsonPropertyInfo property) =>
        property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private static OpenApiSchema FieldSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "How the field stands, and its typed value where it has one.",
        Required = new HashSet<string> { "state" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["state"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<FieldState>().Select(name => JsonValue.Create(name)!)] },
            ["value"] = new OpenApiSchema { Description = "A number is a number, a choice {value, label}, a sum {amount, currency}." },
            ["untrusted"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether outsiders may have written the value." },
            ["unreadable"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Why the value does not read as its type says." },
        },
    };

    private static IEnumerable<string> SchemesOf(AccessOptions access) =>
        access.Oidc is null ? [KeyAuthentication.SchemeName] : [KeyAuthentication.SchemeName, OidcAuthentication.SchemeName];
}
