namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The native properties of companies.</summary>
internal static class CompanyProperties
{
    public const string Table = """
        name|Company name|string|text|companyinformation|form
        domain|Company domain name|string|text|companyinformation|form|text=domain_name
        website|Website URL|string|text|companyinformation|form
        industry|Industry|enumeration|select|companyinformation|form|options=ACCOUNTING:Accounting,AGRICULTURE:Agriculture,AUTOMOTIVE:Automotive,AVIATION_AEROSPACE:Aviation & aerospace,BANKING:Banking,BIOTECHNOLOGY:Biotechnology,BUILDING_MATERIALS:Building materials,CHEMICALS:Chemicals,COMPUTER_SOFTWARE:Computer software,CONSTRUCTION:Construction,CONSUMER_GOODS:Consumer goods,EDUCATION_MANAGEMENT:Education management,ELECTRICAL_ELECTRONIC_MANUFACTURING:Electronics manufacturing,FINANCIAL_SERVICES:Financial services,FOOD_BEVERAGES:Food & beverages,FOOD_PRODUCTION:Food production,HOSPITAL_HEALTH_CARE:Hospital & health care,HOSPITALITY:Hospitality,INFORMATION_TECHNOLOGY_AND_SERVICES:Information technology and services,INSURANCE:Insurance,INTERNET:Internet,LEGAL_SERVICES:Legal services,LOGISTICS_AND_SUPPLY_CHAIN:Logistics and supply chain,MACHINERY:Machinery,MANAGEMENT_CONSULTING:Management consulting,MARKETING_AND_ADVERTISING:Marketing and advertising,MECHANICAL_OR_INDUSTRIAL_ENGINEERING:Mechanical or industrial engineering,MEDICAL_DEVICES:Medical devices,OIL_ENERGY:Oil & energy,PHARMACEUTICALS:Pharmaceuticals,REAL_ESTATE:Real estate,RENEWABLES_ENVIRONMENT:Renewables & environment,RETAIL:Retail,TELECOMMUNICATIONS:Telecommunications,TRANSPORTATION_TRUCKING_RAILROAD:Transportation,UTILITIES:Utilities,WHOLESALE:Wholesale
        type|Type|enumeration|select|companyinformation|options=PROSPECT:Prospect,PARTNER:Partner,RESELLER:Reseller,VENDOR:Vendor,OTHER:Other
        description|Description|string|textarea|companyinformation|form
        about_us|About us|string|textarea|companyinformation
        phone|Phone number|string|phonenumber|companyinformation|form|text=phone_number
        address|Street address|string|text|companyinformation|form
        address2|Street address 2|string|text|companyinformation|form
        city|City|string|text|companyinformation|form
        state|State/Region|string|text|companyinformation|form
        zip|Postal code|string|text|companyinformation|form
        country|Country/Region|string|text|companyinformation|form
        timezone|Time zone|string|text|companyinformation|form
        numberofemployees|Number of employees|number|number|companyinformation|form
        annualrevenue|Annual revenue|number|number|companyinformation|form|money
        founded_year|Year founded|string|text|companyinformation
        is_public|Is public|bool|booleancheckbox|companyinformation
        lifecyclestage|Lifecycle stage|enumeration|radio|companyinformation|form|options=subscriber:Subscriber,lead:Lead,marketingqualifiedlead:Marketing qualified lead,salesqualifiedlead:Sales qualified lead,opportunity:Opportunity,customer:Customer,evangelist:Evangelist,other:Other
        hs_lead_status|Lead status|enumeration|radio|companyinformation|options=NEW:New,OPEN:Open,IN_PROGRESS:In progress,OPEN_DEAL:Open deal,UNQUALIFIED:Unqualified,ATTEMPTED_TO_CONTACT:Attempted to contact,CONNECTED:Connected,BAD_TIMING:Bad timing
        hs_additional_domains|Additional domains|enumeration|checkbox|companyinformation|ro|ext=
        hs_parent_company_id|Parent company|number|number|companyinformation|ro
        hs_num_child_companies|Number of child companies|number|number|companyinformation|ro
        num_associated_contacts|Number of associated contacts|number|calculation_rollup|companyinformation|ro|calc
        num_associated_deals|Number of associated deals|number|calculation_rollup|companyinformation|ro|calc
        hs_num_open_deals|Number of open deals|number|calculation_rollup|companyinformation|ro|calc
        total_revenue|Total revenue|number|calculation_rollup|companyinformation|ro|calc|money
        hs_target_account|Target account|enumeration|booleancheckbox|companyinformation|options=true:True,false:False
        hs_ideal_customer_profile|Ideal customer profile tier|enumeration|select|companyinformation|options=tier_1:Tier 1,tier_2:Tier 2,tier_3:Tier 3
        linkedin_company_page|LinkedIn company page|string|text|companyinformation
        notes_last_updated|Last activity date|datetime|date|companyinformation|ro
        hs_last_sales_activity_timestamp|Last engagement date|datetime|date|companyinformation|ro
        hs_analytics_num_page_views|Number of pageviews|number|number|companyinformation|ro
        hs_analytics_num_visits|Number of sessions|number|number|companyinformation|ro
        createdate|Create date|datetime|date|companyinformation|ro
        hs_lastmodifieddate|Last modified date|datetime|date|companyinformation|ro
        """;
}
