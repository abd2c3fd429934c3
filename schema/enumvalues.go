package schema

import "reflect"

// EnumValue is one value of a closed list.
type EnumValue struct {
	Value string
	Label string // in Chinese
}

// enumOf is the closed list that a string column takes its values from, or nil. Named types say it themselves; of plain
// strings the column does.
func enumOf(t reflect.Type, dataset, column string) []EnumValue {
	if t != reflect.TypeFor[string]() {
		return typedEnum(t)
	}
	switch dataset + "." + column {
	case "performance_projects.scope":
		return []EnumValue{{"department", "部门整体"}, {"project", "项目"}}
	case "performance_indicators.horizon":
		return []EnumValue{{"implementation", "实施期"}, {"annual", "年度"}}
	case "performance_indicators.operator":
		return []EnumValue{{"≥", "不少于"}, {"≤", "不超过"}, {">", "大于"}, {"<", "小于"}, {"=", "等于"}}
	case "series.reason":
		return []EnumValue{{ReasonOnly, "唯一"}, {ReasonCorrection, "更正"}, {ReasonLater, "后发"}}
	case "departments.origin":
		return []EnumValue{{OriginDerived, "由文档推得"}, {OriginCurated, "人工整理"}}
	case "codes.codebook":
		return []EnumValue{
			{CodebookFunctional, "支出功能分类"}, {CodebookEconomicDepartment, "部门预算支出经济分类"},
			{CodebookEconomicGovernment, "政府预算支出经济分类"}, {CodebookRevenue, "收入分类"},
			{CodebookFundSource, "资金来源"}, {CodebookRegion, "行政区划"},
		}
	case "codes.mapping":
		return []EnumValue{{MappingExact, "完全对应"}, {MappingApproximate, "近似对应"}, {MappingNone, "无对应"}}
	case "diagnostics.code":
		return diagnosticCodes()
	}
	return nil
}

// The reasons why a publication is the current one of its series.
const (
	ReasonOnly       = "only"       // there is no other
	ReasonCorrection = "correction" // it says that it corrects another (更正, 修订, 补充公开, 重新公开)
	ReasonLater      = "later"      // it comes last in the order of series
)

// The origins of a department.
const (
	OriginDerived = "derived" // from the documents
	OriginCurated = "curated" // from the alias file
)

// The codebooks.
const (
	CodebookFunctional         = "functional"
	CodebookEconomicDepartment = "economic_department"
	CodebookEconomicGovernment = "economic_government"
	CodebookRevenue            = "revenue"
	CodebookFundSource         = "fund_source"
	CodebookRegion             = "region"
)

// How well a code corresponds to COFOG or GFSM.
const (
	MappingExact       = "exact"
	MappingApproximate = "approximate"
	MappingNone        = "none"
)

func typedEnum(t reflect.Type) []EnumValue {
	switch t {
	case reflect.TypeFor[DocumentType]():
		return []EnumValue{{string(Budget), "预算"}, {string(FinalAccounts), "决算"}}
	case reflect.TypeFor[EntityLevel]():
		return []EnumValue{{string(Department), "部门"}, {string(Unit), "单位"}, {string(Government), "政府"}}
	case reflect.TypeFor[Phase]():
		return []EnumValue{{string(Proposed), "预算草案"}, {string(Approved), "预算数"}, {string(Adjusted), "调整预算数"}, {string(Executed), "决算数"}}
	case reflect.TypeFor[Statement]():
		return statementValues()
	case reflect.TypeFor[Direction]():
		return []EnumValue{{string(DirectionRevenue), "收入"}, {string(DirectionExpenditure), "支出"}}
	case reflect.TypeFor[Classification]():
		return classificationValues()
	case reflect.TypeFor[FundSource]():
		return fundSourceValues()
	case reflect.TypeFor[Spending]():
		return []EnumValue{
			{string(AllSpending), "全部"}, {string(Basic), "基本支出"}, {string(Project), "项目支出"},
			{string(Personnel), "人员经费"}, {string(Operating), "公用经费"}, {string(RemittedToSuperior), "上缴上级支出"},
			{string(BusinessOperation), "经营支出"}, {string(AffiliateSubsidy), "对附属单位补助支出"},
		}
	case reflect.TypeFor[Period]():
		return []EnumValue{{string(AllPeriods), "全部"}, {string(CurrentYear), "本年"}, {string(Carryover), "上年结转"}}
	case reflect.TypeFor[CodeOrigin]():
		return []EnumValue{{string(CodePrinted), "印出"}, {string(CodeDerived), "由名称推得"}}
	case reflect.TypeFor[Verification]():
		return []EnumValue{{string(Verified), "已验证"}, {string(Contradicted), "有矛盾"}, {string(Unchecked), "未验证"}}
	case reflect.TypeFor[Source]():
		return []EnumValue{{string(FromText), "文本"}, {string(FromOCR), "识别"}}
	case reflect.TypeFor[DocumentStatus]():
		return []EnumValue{{string(StatusOK), "成功"}, {string(StatusPartial), "部分"}, {string(StatusFailed), "失败"}}
	case reflect.TypeFor[CheckStatus]():
		return []EnumValue{{string(CheckPass), "通过"}, {string(CheckFail), "不符"}, {string(CheckSkipped), "未检查"}}
	case reflect.TypeFor[Severity]():
		return []EnumValue{{string(SeverityInfo), "提示"}, {string(SeverityWarning), "警告"}, {string(SeverityError), "错误"}}
	}
	panic("schema: no values are listed for the enum " + t.Name())
}

func statementValues() []EnumValue {
	return []EnumValue{
		{string(RevenueExpenditureSummary), "收支总表"},
		{string(Revenue), "收入表"},
		{string(Expenditure), "支出表"},
		{string(AppropriationSummary), "财政拨款收支总表"},
		{string(GeneralPublicExpenditure), "一般公共预算支出表"},
		{string(GeneralPublicBasicExpenditure), "一般公共预算基本支出表"},
		{string(ExpenditureByEconomic), "按经济分类支出表"},
		{string(GovernmentFundRevenue), "政府性基金预算收入表"},
		{string(GovernmentFundExpenditure), "政府性基金预算支出表"},
		{string(StateCapital), "国有资本经营预算收支表"},
		{string(ThreePublic), "“三公”经费表"},
		{string(AgencyOperating), "机关运行经费表"},
		{string(ProjectExpenditure), "项目支出表"},
		{string(GovernmentProcurement), "政府采购表"},
		{string(Narrative), "文字说明"},
		{string(OtherStatement), "其他表"},
	}
}

func classificationValues() []EnumValue {
	return []EnumValue{
		{string(ByFunctional), "支出功能分类"},
		{string(ByEconomicDepartment), "部门预算支出经济分类"},
		{string(ByEconomicGovernment), "政府预算支出经济分类"},
		{string(ByRevenueSource), "收入来源"},
		{string(ByBalance), "结转结余"},
		{string(ByProject), "项目"},
		{string(ByEntity), "单位"},
		{string(ByThreePublic), "“三公”经费"},
		{string(ByProcurement), "政府采购"},
		{string(ByTotal), "合计"},
	}
}

func fundSourceValues() []EnumValue {
	return []EnumValue{
		{string(AllFunds), "全部资金"},
		{string(Appropriation), "财政拨款"},
		{string(GeneralPublicBudget), "一般公共预算"},
		{string(GovernmentFund), "政府性基金"},
		{string(StateCapitalFund), "国有资本经营"},
		{string(FiscalSpecialAccount), "财政专户管理资金"},
		{string(UnitFunds), "单位资金"},
		{string(SuperiorSubsidy), "上级补助收入"},
		{string(BusinessIncome), "事业收入"},
		{string(OperatingIncome), "经营收入"},
		{string(AffiliateRemittance), "附属单位上缴收入"},
		{string(OtherIncome), "其他收入"},
	}
}

func diagnosticCodes() []EnumValue {
	return []EnumValue{
		{DiagUnclaimedNumber, "数字无归属"},
		{DiagPageUnread, "页面未读出"},
		{DiagNeedsOCR, "需要识别"},
		{DiagOCRDoubt, "识别存疑"},
		{DiagOCRCorrected, "识别已按代码表改正"},
		{DiagCorrected, "已人工更正"},
		{DiagWatermarkRemoved, "已去除水印"},
		{DiagHiddenText, "页面上看不见的文字"},
		{DiagUndecodedText, "文字未能解码"},
		{DiagXrefRebuilt, "交叉引用表已重建"},
		{DiagTruncated, "文件不完整"},
		{DiagPageTreeLoop, "页面树成环"},
		{DiagPageTree, "页面树有误"},
		{DiagDamagedFile, "文件损坏"},
		{DiagAttachment, "附件未读"},
		{DiagStreamTooLarge, "数据流过大"},
		{DiagXFAForm, "XFA 表单未读入"},
		{DiagNestingTooDeep, "嵌套过深"},
		{DiagUnknownTable, "未知表格"},
		{DiagUnknownUnit, "未印单位"},
		{DiagUnparsedAmount, "金额无法读出"},
		{DiagAmountRange, "金额超出范围"},
		{DiagAmountRounded, "金额已舍入到分"},
		{DiagContract, "不合数据规范"},
		{DiagIdentifier, "编号列"},
		{DiagMetadataConflict, "部门或年度不一致"},
		{DiagMetadataMissing, "未找到部门或年度"},
		{DiagCheckFailed, "勾稽不符"},
		{DiagSecondReader, "由第二读取器读出"},
		{DiagTimeout, "超时"},
		{DiagFailed, "无法读取"},
	}
}
